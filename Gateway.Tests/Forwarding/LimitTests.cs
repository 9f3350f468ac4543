using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>What is too large is refused by name, before an application hears of it.</summary>
public sealed class LimitTests
{
    public static TheoryData<string, int> TooLarge() => new()
    {
        { $"GET /{new string('a', 10_000)} HTTP/1.1\r\nHost: x\r\n\r\n", 414 },
        { $"GET /a HTTP/1.1\r\nHost: x\r\nX-Note: {new string('a', 40_000)}\r\n\r\n", 431 },
        { $"GET /a HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(number => $"X-{number}: 1\r\n"))}\r\n", 431 },
        { $"GET /a HTTP/1.1\r\nHost: x\r\nCookie: {new string('a', 40_000)}\r\n\r\n", 431 },
        { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n" + new string('a', 1001), 413 },
        { "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + new string('a', 1001) + "\r\n0\r\n\r\n", 413 },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public async Task Request_BeyondALimit_IsRefusedAndItsConnectionEnds(string request, int status)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application);
        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);

        await connection.SendAsync(request + "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = await connection.ResponseAsync();

        Assert.Equal(status, answer?.Status);
        Assert.Empty(application.Requests);
        if (status != 413)
            Assert.Equal("", await connection.RestAsync());
    }

    [Fact]
    public async Task Request_WithinTheLimits_Passes()
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application);

        var answer = await RawHttp.ExchangeAsync(
            gateway.BaseAddress,
            $"POST /{new string('a', 8000)} HTTP/1.1\r\nHost: x\r\nX-Note: {new string('a', 20_000)}\r\nContent-Length: 1000\r\n\r\n{new string('a', 1000)}");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Http2Request_BeyondALimit_ReachesNoApplication()
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application, "Http2");
        (string, string)[] head = [(":method", "GET"), (":scheme", "http"), (":path", "/a"), (":authority", "x")];
        var note = new string('a', 4000);

        await RawHttp2.IsAnsweredAsync(gateway.BaseAddress, [.. head, .. Enumerable.Range(0, 200).Select(number => ($"x-{number}", "1"))]);
        await RawHttp2.IsAnsweredAsync(gateway.BaseAddress, [.. head, .. Enumerable.Range(0, 3).Select(number => ($"x-{number}", note + note))]);
        await RawHttp2.IsAnsweredAsync(gateway.BaseAddress, [head[0], head[1], (":path", "/" + note + note + note), head[3]]);

        Assert.Empty(application.Requests);
    }

    private static Task<TestGateway> StartAsync(RawDestination application, string protocols = "Http1AndHttp2") =>
        TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", application.Address, "Anonymous")
            .With("ReverseProxy:Routes:site:MaxRequestBodySize", "1000")
            .With("Kestrel:EndpointDefaults:Protocols", protocols));
}
