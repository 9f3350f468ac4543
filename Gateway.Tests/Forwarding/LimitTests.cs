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

    // What is more than twice too much ends the connection, as does a single field that is too long; a path that is, its stream.
    public static TheoryData<string, int, int, int?> TooLargeForHttp2() => new()
    {
        { "/a", 0, 0, 200 },
        { "/a", 90, 1, 200 },
        { "/a", 120, 1, 431 },
        { "/a", 300, 1, null },
        { "/a", 3, 8_000, 200 },
        { "/a", 6, 8_000, 431 },
        { "/a", 12, 8_000, null },
        { "/a", 1, 40_000, null },
        { "/" + new string('a', 8_000), 0, 0, 200 },
        { "/" + new string('a', 10_000), 0, 0, null },
    };

    [Theory]
    [MemberData(nameof(TooLargeForHttp2))]
    public async Task Http2Request_BeyondALimit_IsRefusedByName(string path, int fields, int size, int? status)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application, "Http2");

        var answer = await RawHttp2.StatusAsync(
            gateway.BaseAddress,
            [(":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "x"),
                .. Enumerable.Range(0, fields).Select(number => ($"x-{number}", new string('a', size)))]);

        Assert.Equal(status, answer);
        Assert.Equal(status == 200 ? 1 : 0, application.Requests.Count);
    }

    private static Task<TestGateway> StartAsync(RawDestination application, string protocols = "Http1AndHttp2") =>
        TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", application.Address, "Anonymous")
            .With("ReverseProxy:Routes:site:MaxRequestBodySize", "1000")
            .With("Kestrel:EndpointDefaults:Protocols", protocols));
}
