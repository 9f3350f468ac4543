using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>What ties a request to the application's own log (W3C Trace Context).</summary>
public sealed class TraceTests
{
    private const string OfTheClient = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Request_WithATrace_BringsItToTheApplicationAsItIs()
    {
        var seen = await SendAsync(new GatewaySettings(), $"traceparent: {OfTheClient}\r\n");

        Assert.Equal([OfTheClient], seen.Values("traceparent"));
    }

    [Fact]
    public async Task Request_WithoutATrace_GetsNone()
    {
        var seen = await SendAsync(new GatewaySettings(), "");

        Assert.Empty(seen.Values("traceparent"));
    }

    [Fact]
    public async Task Request_WhereTheOperatorWantsTraces_GetsOne()
    {
        var seen = await SendAsync(new GatewaySettings().With("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Warning"), "");

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-", Assert.Single(seen.Values("traceparent")));
    }

    private static async Task<RawMessage> SendAsync(GatewaySettings settings, string headers)
    {
        await using var application = RawDestination.Start(_ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        // Not in this process, where anything else may listen to traces.
        await using var gateway = await GatewayProcess.StartAsync(settings.WithRoute("site", "/{**rest}", application.Address, "Anonymous"));
        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);
        await connection.SendAsync($"GET /page HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        Assert.Equal(200, (await connection.ResponseAsync())?.Status);
        return Assert.Single(application.Requests);
    }
}
