using System.Diagnostics;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Tests.Forwarding;

public sealed class MessageTests(StreamingFront front, Front raw) : IClassFixture<StreamingFront>
{
    [Fact]
    public async Task Head_IsAnsweredWithTheApplicationsHeadersAlone()
    {
        await using var application = RawDestination.Start(_ =>
            "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nETag: \"caf\u00e9\"\r\nX-Powered-By: PHP\r\n\r\n"u8.ToArray());
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous"));

        using var connection = await RawHttp.ConnectAsync(gateway.BaseAddress);
        await connection.SendAsync("HEAD /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var answer = await connection.RestAsync();

        Assert.Equal("HEAD", Assert.Single(application.Requests).Method);
        Assert.Contains("Content-Length: 12345\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("X-Powered-By: PHP\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_IsAnsweredWithThatPart()
    {
        var part = await SendAsync("GET /download?bytes=1000 HTTP/1.1\r\nRange: bytes=250-252\r\n");

        Assert.Equal(206, part.Status);
        Assert.Equal(["bytes 250-252/1000"], part.Values("Content-Range"));
        Assert.Equal([250, 0, 1], part.Body);
    }

    [Fact]
    public async Task Expectation_TheApplicationMeets_LetsTheBodyThrough()
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);
        await connection.SendAsync($"POST /upload HTTP/1.1\r\nHost: x\r\n{front.Session}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(100, (await connection.ResponseAsync())?.Status);
        await connection.SendAsync("ok");
        Assert.Equal(200, (await connection.ResponseAsync())?.Status);
    }

    [Theory]
    [InlineData("/refuse", true, 413)]
    [InlineData("/upload", false, 401)]
    public async Task Expectation_ThatIsRefused_KeepsTheBodyAway(string path, bool signedIn, int status)
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);
        var session = signedIn ? front.Session + "\r\n" : "";
        await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\n{session}Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(status, (await connection.ResponseAsync())?.Status);
    }

    // Many old servers have never heard of it: they wait for the body, and the client may wait for them.
    [Fact]
    public async Task Expectation_TheApplicationDoesNotKnow_IsMetInTheEnd()
    {
        using var connection = await RawHttp.ConnectAsync(raw.Address);
        var start = Stopwatch.GetTimestamp();
        await connection.SendAsync("POST /public/x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(100, (await connection.ResponseAsync())?.Status);
        await connection.SendAsync("ok");
        Assert.Equal("ok", (await Exchange.OfAsync((await connection.ResponseAsync())!)).Seen!.BodyText);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Answer_PassesByteForByte()
    {
        string[] lines =
        [
            "Location: /a b/%41?x=caf\u00e9", "Content-Disposition: attachment; filename=\"\u00fc\u00ff.txt\"", "X-Odd:  two  blanks", "X-Twice: 1", "X-Twice: 2",
            "Content-Encoding: br", "Server: Apache/1.3", "Date: Thu, 01 Jan 1998 00:00:00 GMT", "Vary: *", "X-Empty:",
        ];
        await using var application = RawDestination.Start(_ => RawDestination.Ok("not brotli", lines));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous"));

        var answer = await RawHttp.ExchangeAsync(gateway.BaseAddress, "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n");

        Assert.Equal("not brotli", answer.BodyText);
        Assert.Equal(
            lines.Select(RawMessage.Split).Order(), answer.Headers.Where(header => header.Name is not "Content-Length").Order());
    }

    [Fact]
    public async Task Timeout_OfARoute_EndsARequestThatTakesLonger()
    {
        await using var site = await EchoSite.StartAsync(
            app => app.MapGet("/stuck", (CancellationToken gone) => Task.Delay(Timeout.Infinite, gone)));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", site.Address, "Anonymous").With("ReverseProxy:Routes:site:Timeout", "00:00:02"));

        var quick = await RawHttp.ExchangeAsync(gateway.BaseAddress, "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n");
        var stuck = await RawHttp.ExchangeAsync(gateway.BaseAddress, "GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal(200, quick.Status);
        Assert.InRange(stuck.Status, 400, 599);
    }

    private Task<RawMessage> SendAsync(string head) =>
        RawHttp.ExchangeAsync(front.Address, $"{head}Host: x\r\n{front.Session}\r\n\r\n");
}
