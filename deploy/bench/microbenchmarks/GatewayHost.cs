using System.Diagnostics;
using System.Text.Json;
using Faults.Servers;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Micro;

/// <summary>The gateway's own pipeline on a server without sockets, with one visitor logged in.</summary>
internal sealed class GatewayHost : WebApplicationFactory<Program>
{
    public const string User = "42";

    private const string Email = "ann@example.org";
    private const string Password = "a long pass phrase";

    private readonly TempFolder folder = new();
    private readonly MemoryServer memory = new();

    private GatewayHost()
    {
        // The factory would take any server but Kestrel for a TestServer.
        UseKestrel();
    }

    /// <summary>What the visitor's browser sends: session, remembered browser, and that somebody has logged in here before.</summary>
    public string Cookies { get; private set; } = "";

    public static async Task<GatewayHost> StartAsync()
    {
        var host = new GatewayHost();
        await host.AddUserAsync();
        host.StartServer();
        var login = Incoming.Post("/_gateway/login", JsonSerializer.SerializeToUtf8Bytes(new { email = Email, password = Password, remember = true }));
        var answer = await host.memory.SendAsync(login);
        host.Cookies = string.Join("; ", answer.Headers.SetCookie.Select(line => line!.Split(';')[0]));
        return host;
    }

    public Task<string?> GetAsync(string? cookies) => memory.GetAsync("/page", cookies);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production).UseContentRoot(folder.Path).UseSetting("Logging:Console:LogLevel:Default", "None");
        foreach (var (key, value) in SiteRoute.Settings)
            builder.UseSetting(key, value);
        builder.UseSetting("ConnectionStrings:Users", Database).UseSetting("Gateway:Management:Url", "").UseSetting("Gateway:Drain:Delay", "00:00:00");
    }

    // Last of all, or the factory's own server would come after it.
    protected override IHost CreateHost(IHostBuilder builder) => base.CreateHost(builder.ConfigureServices(services =>
    {
        services.RemoveAll<IServer>().AddSingleton<IServer>(memory);
        services.Replace(ServiceDescriptor.Singleton<IForwarderHttpClientFactory>(new Application()));
    }));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        folder.Dispose();
    }

    // By the command, as an operator does, so that nothing here knows how users are kept.
    private async Task AddUserAsync()
    {
        var hash = new PasswordHasher<object>().HashPassword(new object(), Password);
        await File.WriteAllTextAsync(folder.File("appsettings.json"), "{}");
        await File.WriteAllTextAsync(folder.File("users"), JsonSerializer.Serialize(new { id = User, email = Email, name = "Ann Example", hash }));
        var import = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "users", "import", folder.File("users")]) { WorkingDirectory = folder.Path };
        import.Environment["ConnectionStrings__Users"] = Database;
        if (!await Child.RunAsync(folder.File("import.log"), import))
            throw new InvalidOperationException($"No user was added:\n{await File.ReadAllTextAsync(folder.File("import.log"))}");
    }

    private string Database => $"Data Source={folder.File("gateway.db")}";
}
