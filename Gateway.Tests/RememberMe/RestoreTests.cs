using System.Net.WebSockets;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.RememberMe;

/// <summary>The very request that finds no session brings it back.</summary>
public class RestoreTests(SharedRedis redis)
{
    [Fact]
    public async Task Session_AfterARedisFlush_IsRestoredFromTheCookie()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        var old = browser.Cookies[Stage.SessionCookie];
        await keys.DeleteAllAsync();

        using var page = await browser.GetAsync("/page?a=1");

        Assert.Equal(Stage.UserId, (await EchoedRequest.OfAsync(page)).Header("X-User-Id"));
        Assert.Contains("no-store", page.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Single(page.SetCookies(Stage.SessionCookie));
        Assert.Empty(page.SetCookies(Stage.RememberCookie));
        Assert.NotEqual(old, browser.Cookies[Stage.SessionCookie]);
        Assert.Single(await keys.ListAsync("session:*"));
    }

    [Fact]
    public async Task Restore_OfAPostWithALargeBody_LosesNoByte()
    {
        const long length = 5 * 1024 * 1024;
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        await keys.DeleteAllAsync();
        using var request = browser.Navigation(HttpMethod.Post, "/form");
        request.Content = new StreamContent(new PatternStream(length));

        using var answer = await browser.SendAsync(request);

        var echoed = await EchoedRequest.OfAsync(answer);
        Assert.Equal(Stage.UserId, echoed.Header("X-User-Id"));
        Assert.Equal(length, echoed.BodyLength);
        Assert.Equal(Convert.ToHexStringLower(await SHA256.HashDataAsync(new PatternStream(length), TestContext.Current.CancellationToken)), echoed.BodySha256);
        Assert.Single(answer.SetCookies(Stage.SessionCookie));
    }

    [Fact]
    public async Task Restore_OfAScriptsRequest_IsNoDifferent()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        using var request = browser.Request(HttpMethod.Get, "/api");
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(Stage.UserId, (await EchoedRequest.OfAsync(answer)).Header("X-User-Id"));
    }

    [Fact]
    public async Task Restore_OfAWebSocketUpgrade_OpensTheSocketAndSetsTheCookie()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        await keys.DeleteAllAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", browser.Cookies.HeaderFor("/ws"));

        await socket.ConnectAsync(new UriBuilder(stage.Gateway.BaseAddress) { Scheme = "ws", Path = "/ws" }.Uri, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Contains(socket.HttpResponseHeaders!["Set-Cookie"], line => line.StartsWith("gateway.sid=", StringComparison.Ordinal));
        Assert.Single(await keys.ListAsync("session:*"));
    }

    [Fact]
    public async Task Restore_OnAPublicPage_TellsTheApplicationWhoIsThere()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/public/page"));
    }
}
