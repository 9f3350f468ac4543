using System.Net;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Sessions;

/// <summary>What a page asks for by itself is no sign that somebody is there: it is served with the identity, and keeps nothing alive.</summary>
public sealed class PollingTests(SharedRedis redis)
{
    private const string ByHeader = "/page", ByRoute = "/poll";

    private readonly TestClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ByHeader, "00:00:00")]
    [InlineData(ByRoute, "00:00:00")]
    [InlineData(ByRoute, "00:00:10")]
    public async Task Poll_CarriesTheIdentityAndLetsTheSessionEnd(string path, string cacheFor)
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => Polled(settings).With("Gateway:Session:CacheFor", cacheFor), clock);
        using var browser = await stage.LogInAsync();

        for (var minute = 0; minute < 29; minute += 4)
        {
            Assert.Equal(Stage.UserId, await UserAsync(browser, path));
            clock.Advance(TimeSpan.FromMinutes(4));
        }

        using var late = await PollAsync(browser, path);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Theory]
    [InlineData(ByHeader)]
    [InlineData(ByRoute)]
    public async Task Poll_BetweenOtherRequests_ChangesNothing(string path)
    {
        await using var stage = await Stage.StartAsync(keys: null, Polled, clock);
        using var browser = await stage.LogInAsync();

        for (var count = 0; count < 3; count++)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(Stage.UserId, await UserAsync(browser, path));
            using var page = await browser.FetchAsync("/page");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    [Theory]
    [InlineData(ByHeader, "00:00:00")]
    [InlineData(ByRoute, "00:00:00")]
    [InlineData(ByHeader, "00:00:10")]
    [InlineData(ByRoute, "00:00:10")]
    public async Task Poll_LeavesTheTimeToLiveInRedis(string path, string cacheFor)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => Polled(settings).With("Gateway:Session:CacheFor", cacheFor));
        using var browser = await stage.LogInAsync();
        var store = stage.Gateway.Services.GetRequiredService<ISessionStore>();
        var key = Assert.Single(await store.ListAsync(Stage.UserId, Token)).Session.Key;
        await keys.ShortenAsync("session:*", TimeSpan.FromMinutes(5));

        for (var count = 0; count < 10; count++)
            Assert.Equal(Stage.UserId, await UserAsync(browser, path));
        Assert.InRange((await keys.TtlAsync("session:" + key))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

        // The next click does, also when a poll left a copy on this node a moment ago.
        using var click = await browser.FetchAsync("/page");
        await Eventually.TrueAsync(async () => await keys.TtlAsync("session:" + key) > TimeSpan.FromMinutes(29));
    }

    [Fact]
    public async Task Verify_ExtendsUnlessTheRequestIsAPoll()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var active = await stage.LogInAsync();
        using var polling = await stage.LogInAsync();

        clock.Advance(TimeSpan.FromMinutes(20));
        using var verified = await active.FetchAsync("/_gateway/verify");
        using var polled = await PollAsync(polling, "/_gateway/verify");
        clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (verified.StatusCode, polled.StatusCode));
        using var still = await active.FetchAsync("/page");
        using var over = await polling.FetchAsync("/page");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (still.StatusCode, over.StatusCode));
    }

    // Nobody is logged out by accident, and a remembered browser needs nobody's session.
    [Fact]
    public async Task Poll_OfARememberedBrowser_IsServedAfterTheEndOfItsSession()
    {
        await using var stage = await Stage.StartAsync(keys: null, Polled, clock);
        using var browser = await stage.LogInAsync(remember: true);
        clock.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(Stage.UserId, await UserAsync(browser, ByRoute));
    }

    private static GatewaySettings Polled(GatewaySettings settings) => settings
        .With("ReverseProxy:Routes:poll:ClusterId", "site")
        .With("ReverseProxy:Routes:poll:Match:Path", "/poll/{**path}")
        .With("ReverseProxy:Routes:poll:Metadata:Gateway.ExtendsSession", "false");

    private static async Task<string?> UserAsync(Browser browser, string path)
    {
        using var answer = await PollAsync(browser, path);
        return (await EchoedRequest.OfAsync(answer)).Header("X-User-Id");
    }

    private static Task<HttpResponseMessage> PollAsync(Browser browser, string path)
    {
        var request = browser.Request(HttpMethod.Get, path);
        if (path != ByRoute)
            request.Headers.Add("X-Gateway-Poll", "1");
        return browser.SendAsync(request);
    }
}
