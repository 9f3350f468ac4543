using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Hosting;

public sealed class EchoSiteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_echoed_and_kept()
    {
        await using var site = await EchoSite.StartAsync();
        using var browser = new Browser(site.Address);

        using var response = await browser.FetchAsync("/a%2Fb/%2e%2e/c?d=%20", HttpMethod.Post, new StringContent("body"));

        var echoed = await EchoedRequest.OfAsync(response);
        Assert.Equal(("POST", "/a%2Fb/%2e%2e/c?d=%20", 4), (echoed.Method, echoed.Target, echoed.BodyLength));
        Assert.Equal("230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5", echoed.BodySha256);
        Assert.Equal("cors", echoed.Header("Sec-Fetch-Mode"));
        Assert.Equal(echoed.Target, Assert.Single(site.Requests).Target);
    }

    [Fact]
    public async Task A_test_maps_its_own_endpoints()
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/upload", () => "mine"));
        using var browser = new Browser(site.Address);

        using var response = await browser.GetAsync("/upload");

        Assert.Equal("mine", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Big_bodies_stream_both_ways()
    {
        const int Size = 5_000_000;
        await using var site = await EchoSite.StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };

        using var content = new StreamContent(new PatternStream(Size));
        using var upload = await client.PostAsync(new Uri("/upload", UriKind.Relative), content, Cancel);
        var received = await upload.Content.ReadFromJsonAsync<EchoSitePages.Upload>(Cancel);
        await using var download = await client.GetStreamAsync(new Uri($"/download?bytes={Size}", UriKind.Relative), Cancel);
        var (length, sha256) = await EchoedRequest.DigestAsync(download, Cancel);

        Assert.Equal((Size, Size), (received!.Bytes, length));
        Assert.Equal(received.Sha256, sha256);
    }

    [Fact]
    public async Task A_range_is_a_part()
    {
        await using var site = await EchoSite.StartAsync();
        using var browser = new Browser(site.Address);
        using var request = browser.Request(HttpMethod.Get, "/download?bytes=1000");
        request.Headers.Add("Range", "bytes=250-252");

        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal([250, 0, 1], await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Expectations_are_met_or_refused()
    {
        await using var site = await EchoSite.StartAsync();
        using var met = await RawHttp.ConnectAsync(site.Address);
        using var refused = await RawHttp.ConnectAsync(site.Address);

        await met.SendAsync("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        await refused.SendAsync("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");

        Assert.Equal(100, (await met.ResponseAsync())?.Status);
        await met.SendAsync("ok");
        Assert.Equal(200, (await met.ResponseAsync())?.Status);
        Assert.Equal(413, (await refused.ResponseAsync())?.Status);
    }

    [Fact]
    public async Task Events_arrive_while_the_stream_is_open()
    {
        await using var site = await EchoSite.StartAsync();
        using var browser = new Browser(site.Address);
        using var response = await browser.SendAsync(browser.Request(HttpMethod.Get, "/events"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        await site.Events.WriteAsync("one", Cancel);
        Assert.Equal("data: one", await lines.ReadLineAsync(Cancel));

        await site.Events.WriteAsync("two", Cancel);
        site.Events.Complete();
        Assert.Equal("data: two", (await lines.ReadToEndAsync(Cancel)).Trim());
    }

    [Fact]
    public async Task A_socket_echoes_until_it_is_closed()
    {
        await using var site = await EchoSite.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(site.Address) { Scheme = "ws", Path = "/ws" }.Uri, Cancel);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, Cancel);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Cancel);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task Over_HTTP_2_trailers_follow_the_body()
    {
        await using var site = await EchoSite.StartAsync(protocols: HttpProtocols.Http2);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Address, "/trailers"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal("HTTP/2", (await EchoedRequest.OfAsync(response)).Protocol);
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
    }
}
