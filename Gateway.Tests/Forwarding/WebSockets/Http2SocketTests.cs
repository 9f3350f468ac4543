using System.Net;
using System.Net.WebSockets;
using System.Text;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>A WebSocket as a stream of an HTTP/2 connection (RFC 8441).</summary>
public sealed class Http2SocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Socket_OfASession_EchoesThroughAndTellsTheApplicationWhoItIs()
    {
        await using var stage = await StartAsync();
        using var client = NewClient();
        using var socket = await ConnectAsync(stage, client, "/ws", await SignInAsync(stage));
        using var identity = await ConnectAsync(stage, client, "/who", await SignInAsync(stage));

        foreach (var text in new[] { "hello", "Ωmega", new string('x', 3000) })
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Token);
            Assert.Equal(text, await ReceiveAsync(socket));
        }

        Assert.Equal(Stage.UserId, await ReceiveAsync(identity));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    [Requirement("P07")]
    public async Task Socket_IsToldThatItsSessionIsOver_AndItsNeighbourGoesOn()
    {
        await using var stage = await StartAsync();
        using var client = NewClient();
        var session = await SignInAsync(stage);
        using var ending = await ConnectAsync(stage, client, "/ws", session);
        using var neighbour = await ConnectAsync(stage, client, "/ws", await SignInAsync(stage));

        using var logout = Request(stage, HttpMethod.Post, "/_gateway/logout", session);
        logout.Headers.Accept.ParseAdd("application/json");
        using var answer = await client.SendAsync(logout, Token);

        Assert.Equal("", await ReceiveAsync(ending));
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "session over"), (ending.CloseStatus, ending.CloseStatusDescription));
        await neighbour.SendAsync("still here"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
        Assert.Equal("still here", await ReceiveAsync(neighbour));
    }

    // The application judges whether the page that opened it may; a Lax cookie comes along from every host of the same site.
    [Theory]
    [InlineData("https://other.example.org")]
    [InlineData("null")]
    public async Task Socket_TellsTheApplicationWhichPageOpenedIt(string origin)
    {
        await using var stage = await StartAsync();
        using var client = NewClient();
        using var socket = NewSocket(await SignInAsync(stage));
        socket.Options.SetRequestHeader("Origin", origin);

        await socket.ConnectAsync(Address(stage, "/origin"), client, Token);

        Assert.Equal(origin, await ReceiveAsync(socket));
    }

    [Fact]
    [Requirement("P06")]
    public async Task Socket_WithoutASession_IsRefusedWith401()
    {
        await using var stage = await StartAsync();
        using var client = NewClient();
        using var socket = NewSocket(cookie: null);
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(stage, "/ws"), client, Token));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    private static Task<Stage> StartAsync() => Stage.StartAsync(
        keys: null,
        settings => settings.With("Kestrel:EndpointDefaults:Protocols", "Http2"),
        map: app =>
        {
            app.Map("/who", context => TellAsync(context, "X-User-Id"));
            app.Map("/origin", context => TellAsync(context, "Origin"));
        });

    private static async Task TellAsync(HttpContext context, string header)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var value = Encoding.UTF8.GetBytes(context.Request.Headers[header].ToString());
        await socket.SendAsync(value.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        await socket.ReceiveAsync(new byte[10].AsMemory(), context.RequestAborted);
    }

    private static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler { UseCookies = false, UseProxy = false });

    private static ClientWebSocket NewSocket(string? cookie)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (cookie is not null)
            socket.Options.SetRequestHeader("Cookie", cookie);
        return socket;
    }

    private static Uri Address(Stage stage, string path) => new UriBuilder(stage.Gateway.BaseAddress) { Scheme = "ws", Path = path }.Uri;

    private static async Task<ClientWebSocket> ConnectAsync(Stage stage, HttpMessageInvoker client, string path, string cookie)
    {
        var socket = NewSocket(cookie);
        await socket.ConnectAsync(Address(stage, path), client, Token);
        return socket;
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        using var deadline = Deadline.Start();
        var buffer = new byte[8192];
        var filled = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(filled), deadline.Token);
            filled += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, filled);
        }
    }

    private static HttpRequestMessage Request(Stage stage, HttpMethod method, string path, string? cookie)
    {
        var request = new HttpRequestMessage(method, new Uri(stage.Gateway.BaseAddress, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return request;
    }

    private static async Task<string> SignInAsync(Stage stage)
    {
        using var client = NewClient();
        using var request = Request(stage, HttpMethod.Post, "/_gateway/login", cookie: "");
        request.Content = new StringContent($$"""{ "email": "{{Stage.Email}}", "password": "{{Stage.Password}}" }""", null, "application/json");
        using var answer = await client.SendAsync(request, Token);
        return answer.SetCookies(Stage.SessionCookie).Single().Split(';')[0];
    }
}
