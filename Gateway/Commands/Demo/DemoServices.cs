using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Gateway.Users;
using Gateway.Users.Passwords;

namespace Gateway.Commands.Demo;

/// <summary>
/// The command <c>demo</c>: the gateway in front of <see cref="DemoSite"/>, with embedded sessions and everything it keeps in a
/// temporary folder that goes when it ends.
/// </summary>
internal static class DemoServices
{
    private const string Email = "demo@example.com";
    private const int UsualPort = 5000;

    /// <summary>An empty folder as the content root: the demo must not read an operator's configuration, nor write beside it.</summary>
    public static WebApplicationOptions Options(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-demo-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return new WebApplicationOptions { Args = args, ContentRootPath = folder };
    }

    public static async Task AddDemoAsync(this WebApplicationBuilder builder)
    {
        var site = await DemoSite.StartAsync();
        var folder = builder.Environment.ContentRootPath;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Users"] = $"Data Source={Path.Combine(folder, "demo.db")}",
            ["ConnectionStrings:Redis"] = "",
            ["Gateway:Users:Provider"] = "Sqlite",
            ["Gateway:Management:Url"] = "",
            ["Gateway:Drain:Delay"] = "00:00:00",
            ["Gateway:Drain:Timeout"] = "00:00:05",
            ["Gateway:Identity:Headers:X-User-Email"] = "email",
            ["Gateway:Identity:Headers:X-User-Name"] = "name",
            ["ReverseProxy:Clusters:demo:Destinations:site:Address"] = site.Urls.First(),
            ["ReverseProxy:Routes:demo:ClusterId"] = "demo",
            ["ReverseProxy:Routes:demo:Match:Path"] = "/{**rest}",
            ["ReverseProxy:Routes:public:ClusterId"] = "demo",
            ["ReverseProxy:Routes:public:Match:Path"] = "/public/{**rest}",
            ["ReverseProxy:Routes:public:AuthorizationPolicy"] = "Anonymous",
            ["ReverseProxy:Routes:editors:ClusterId"] = "demo",
            ["ReverseProxy:Routes:editors:Match:Path"] = "/editors/{**rest}",
            ["ReverseProxy:Routes:editors:AuthorizationPolicy"] = "Role:editor",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:Gateway"] = "Error",
        };
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            settings["urls"] = $"http://localhost:{(IsFree(UsualPort) ? UsualPort : 0)}".Replace("localhost:0", "127.0.0.1:0", StringComparison.Ordinal);
        builder.Configuration.AddInMemoryCollection(settings);
    }

    /// <summary>Adds the demo user and, once the gateway listens, says where to click.</summary>
    public static async Task PrepareDemoAsync(this WebApplication app)
    {
        var password = GeneratedPassword.New();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<UserAccounts>()
                .AddAsync(new NewUser(Email, "1001", "Demo Visitor", [], password), CancellationToken.None);
        }

        // A terminal that is closed ends the demo as Ctrl+C does.
        var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
        });
        app.Lifetime.ApplicationStopped.Register(hangUp.Dispose);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(
            $"""

            The gateway is in front of a small legacy site. Click here and log in:

              {app.Urls.First()}

              E-mail:   {Email}
              Password: {password}

            Ctrl+C ends it; nothing stays behind.
            """));
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
