using System.Text;
using Gateway.Tests.Forwarding;
using Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(Front))]

namespace Gateway.Tests.Forwarding;

/// <summary>
/// A gateway in front of an application that answers with the request it saw, byte for byte; shared by tests that change nothing.
/// </summary>
public sealed class Front : IAsyncLifetime
{
    private const string Password = "a long pass phrase";

    private RawDestination? application;
    private TestGateway? gateway;

    /// <summary>The Cookie header line of a signed-in editor.</summary>
    public string Ann { get; private set; } = "";

    /// <summary>The Cookie header line of a signed-in admin.</summary>
    public string Admin { get; private set; } = "";

    public Uri Address => gateway!.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        application = RawDestination.Start(Exchange.Answer);
        gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("public", "/public/{**rest}", application.Address, "Anonymous")
            .WithRoute("admin", "/admin/{**rest}", application.Address, "Role:admin")
            .WithRoute("staff", "/staff", application.Address, "Role:editor,admin")
            .WithRoute("site", "/{**rest}", application.Address)
            .With("Gateway:Identity:Headers:X-User-Email", "email")
            .With("Gateway:Identity:Headers:X-User-Name", "name")
            .With("Gateway:Identity:Headers:X-User-Roles", "roles")
            .With("Gateway:Identity:Headers:X-Session-Started", "session-started")
            .With("Gateway:Identity:Headers:X-Display", "{name} <{email}>, {id}"));
        Ann = await SignInAsync("ann@example.org", "42", "Ånn Ωmega", "editor", "wiki");
        Admin = await SignInAsync("admin@example.org", "1", name: null, "admin");
    }

    /// <param name="headerLines">Beside <c>Host</c>.</param>
    internal Task<Exchange> GetAsync(string target, params string[] headerLines) => SendAsync($"GET {target} HTTP/1.1", headerLines);

    internal async Task<Exchange> SendAsync(string requestLine, IEnumerable<string> headerLines, string body = "")
    {
        string[] head = [requestLine, $"Host: {Address.Authority}", .. headerLines, "", ""];
        return await Exchange.OfAsync(await RawHttp.ExchangeAsync(Address, string.Join("\r\n", head) + body));
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null)
            await gateway.DisposeAsync();
        if (application is not null)
            await application.DisposeAsync();
    }

    private async Task<string> SignInAsync(string email, string id, string? name, params string[] roles)
    {
        await gateway!.AddUserAsync(email, Password, id, name, roles);
        return await gateway!.SignInAsync(email, Password);
    }
}

internal static class SignedIn
{
    /// <summary>The Cookie header line of a session that begins now.</summary>
    public static async Task<string> SignInAsync(this TestGateway gateway, string email, string password)
    {
        using var browser = gateway.NewBrowser();
        using var response = await browser.LoginJsonAsync(email, password);
        return $"Cookie: gateway.sid={browser.Cookies["gateway.sid"]}";
    }
}

/// <summary>A response of the gateway, and the request as the application saw it; none when the gateway answered itself.</summary>
internal sealed record Exchange(RawMessage Response, RawMessage? Seen)
{
    private const string Mark = "X-Seen-Request: below";

    public int Status => Response.Status;

    public static byte[] Answer(RawMessage request) =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{Mark}\r\nContent-Length: {request.Bytes.Length}\r\n\r\n"), .. request.Bytes];

    public static async Task<Exchange> OfAsync(RawMessage response)
    {
        if (!response.HeaderLines.Contains(Mark))
            return new Exchange(response, Seen: null);
        using var body = new MemoryStream(response.Body);
        return new Exchange(response, await new RawMessageReader(body).RequestAsync(TestContext.Current.CancellationToken));
    }
}
