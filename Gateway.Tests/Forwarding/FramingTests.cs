using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

/// <summary>Where a message ends must not be a matter of opinion: the application sees at most one request, and never a hidden one.</summary>
public sealed class FramingTests(Front front)
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\nX-User-Id: 1\r\n\r\n";

    public static TheoryData<string> Ambiguous() =>
    [
        // Two lengths.
        $"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello{Hidden}",
        $"Content-Length: 5, 6\r\n\r\nhello{Hidden}",
        $"Content-Length: 0x5\r\n\r\nhello{Hidden}",
        $"Content-Length: 5 \t5\r\n\r\nhello{Hidden}",
        // A coding that only one side may understand.
        $"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n{Hidden}",
        $"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding:\u000bchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{Hidden}",
        $" Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{Hidden}",
        $"X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}",
        $"X: y\r\n\tX-User-Id: 1\r\n\r\n{Hidden}",
        // A line that ends for one side only.
        $"Content-Length: 0\n\r\n{Hidden}",
        $"Content-Length: 0\r\n\n{Hidden}",
        $"X: y\nX-User-Id: 1\r\n\r\n{Hidden}",
        $"X: y\rX-User-Id: 1\r\n\r\n{Hidden}",
        $"X: y\0\r\n\r\n{Hidden}",
        // Chunks.
        $"Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked\r\n\r\n5;x\nhello\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked\r\n\r\n5;\rhello\r\n0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked\r\n\r\n5\r\nhello!!0\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n{Hidden}",
        $"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n{Hidden}",
    ];

    [Theory]
    [Requirement("P03")]
    [MemberData(nameof(Ambiguous))]
    public async Task Message_OfUnclearLength_IsNeverPassedOnWhole(string rest)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous"));

        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);
        await connection.SendAsync($"POST /first HTTP/1.1\r\nHost: x\r\n{rest}");
        var answer = await connection.RestAsync();

        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(application.Requests, request => request.Target == "/hidden" || request.Values("X-User-Id").Count > 0);
    }

    // What servers disagree about may be refused or read in one way; what follows is then a request by itself, and stripped like any.
    [Theory]
    [Requirement("P03")]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.1", "Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.1", "Transfer-Encoding: CHUNKED\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.1", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("1.1", "Content-Length: 5 \r\n\r\nhello")]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\n\r\n00000005\r\nhello\r\n0\r\nX-User-Id: 1\r\n\r\n")]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\n\r\n100000005\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.0", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("1.0", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n")]
    public async Task Message_ThatServersDisagreeAbout_CarriesNothingPastTheGateway(string version, string rest)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous"));

        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);
        await connection.SendAsync($"POST /first HTTP/{version}\r\nHost: x\r\n{rest}{Hidden.Replace("\r\nX-User", "\r\nConnection: close\r\nX-User", StringComparison.Ordinal)}");
        await connection.ResponseAsync();

        Assert.True(application.Requests.Count(request => request.Target == "/first") <= 1);
        Assert.All(application.Requests, request =>
        {
            Assert.Empty(request.Values("X-User-Id"));
            Assert.DoesNotContain(request.TrailerLines, line => line.StartsWith("X-User-Id", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("GET /hidden", request.BodyText, StringComparison.Ordinal);
        });
    }

    // RFC 9112 section 6.3: the coding wins over the length, which must not go on, and the connection ends after the response.
    [Fact]
    [Requirement("P03")]
    public async Task Message_WithALengthAndACoding_IsOneRequestWithOneLength()
    {
        var seen = (await front.SendAsync(
            "POST /public/x HTTP/1.1", ["Content-Length: 5", "Transfer-Encoding: chunked", "X-User-Id: 1"], $"5\r\nhello\r\n0\r\n\r\n{Hidden}")).Seen!;

        Assert.Equal("hello", seen.BodyText);
        Assert.Empty(seen.Values("X-User-Id"));
        Assert.Equal(1, seen.Values("Content-Length").Count + seen.Values("Transfer-Encoding").Count);
    }

    // The server reads it as 5; what matters is that the application gets the length that the gateway went by.
    [Fact]
    public async Task Length_WithASign_ArrivesWithout()
    {
        var seen = (await front.SendAsync("POST /public/x HTTP/1.1", ["Content-Length: +5"], $"hello{Hidden}")).Seen!;

        Assert.Equal(["5"], seen.Values("Content-Length"));
        Assert.Equal("hello", seen.BodyText);
    }

    [Fact]
    [Requirement("P03")]
    public async Task Chunks_WithExtensions_ArriveWithoutThem()
    {
        var seen = (await front.SendAsync(
            "POST /public/x HTTP/1.1", ["Transfer-Encoding: chunked"], "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n")).Seen!;

        Assert.Equal("hello", seen.BodyText);
        Assert.DoesNotContain("a=b", seen.Text, StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("P05")]
    [InlineData("TRACE /public/x HTTP/1.1")]
    [InlineData("TRACE /page HTTP/1.1")]
    [InlineData("TRACK /page HTTP/1.1")]
    [InlineData("trace /page HTTP/1.1")]
    [InlineData("TRACE /_gateway/verify HTTP/1.1")]
    [InlineData("CONNECT /public/x HTTP/1.1")]
    public async Task Method_ThatReflectsOrTunnels_IsRefused(string requestLine)
    {
        var exchange = await front.SendAsync(requestLine, [front.Ann]);

        Assert.True(exchange.Status is 400 or 405, exchange.Response.Text);
        Assert.Null(exchange.Seen);
        Assert.DoesNotContain("gateway.sid", exchange.Response.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("P05")]
    public async Task Connect_ToAnotherHost_IsRefused()
    {
        var response = await RawHttp.ExchangeAsync(front.Address, $"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n{front.Ann}\r\n\r\n");

        Assert.True(response.Status is 400 or 405, response.Text);
    }

    [Theory]
    [InlineData("PROPFIND")]
    [InlineData("OPTIONS")]
    [InlineData("purge")]
    public async Task Method_OfTheApplicationsOwn_Passes(string method) =>
        Assert.Equal(method, (await front.SendAsync($"{method} /page HTTP/1.1", [front.Ann])).Seen?.Method);
}
