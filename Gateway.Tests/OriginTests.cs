using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests;

/// <summary>The behaviours that this gateway began with, each under its name, with the settings an operator gets by default.</summary>
public sealed class OriginTests(SharedRedis redis)
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(1800);

    [Fact]
    public async Task SessionKey_LivesFor1800SecondsAfterTheLogin()
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync();

        var id = browser.Cookies[Stage.SessionCookie]!;
        var name = "session:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)));

        Assert.InRange((await keys.TtlAsync(name))!.Value, IdleTimeout - TimeSpan.FromSeconds(5), IdleTimeout);
    }

    [Fact]
    [Requirement("S04")]
    public async Task SessionKey_SlidesWithEveryRequest()
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync();
        var name = Assert.Single(await keys.ListAsync("session:*"));
        await keys.ShortenAsync(name, TimeSpan.FromSeconds(60));

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        Assert.InRange((await keys.TtlAsync(name))!.Value, IdleTimeout - TimeSpan.FromSeconds(5), IdleTimeout);
    }

    [Fact]
    [Requirement("S16")]
    public async Task AnonymousVisitors_CreateNoKeyAndGetNoCookie()
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();

        Assert.Null(await browser.UserAtAsync("/public/page"));
        Assert.Null(await browser.UserAtAsync("/page"));

        Assert.Equal(0, await keys.CountAsync());
        Assert.Empty(browser.Cookies.Received);
    }

    [Theory]
    [InlineData(Stage.Password, HttpStatusCode.SeeOther, HttpStatusCode.OK)]
    [InlineData("wrong", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Login_IsAnsweredForPeopleAndForScripts(string password, HttpStatusCode form, HttpStatusCode json)
    {
        await using var stage = await StartAsync(redis.NewKeys());
        using var person = stage.Gateway.NewBrowser();
        using var script = stage.Gateway.NewBrowser();

        using var byForm = await person.LoginAsync(Stage.Email, password, returnUrl: "/page");
        using var byJson = await script.LoginJsonAsync(Stage.Email, password);

        Assert.Equal(form, byForm.StatusCode);
        Assert.Equal(json, byJson.StatusCode);
        var expected = password == Stage.Password ? Stage.UserId : null;
        Assert.Equal(expected, await person.UserAtAsync());
        Assert.Equal(expected, await script.UserAtAsync());
    }

    [Fact]
    [Requirement("C06")]
    public async Task SignedCookie_RemembersTheUserForThirtyDays()
    {
        await using var stage = await StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);

        var cookie = browser.Cookies.Received.Single(line => line.StartsWith("gateway.auth=", StringComparison.Ordinal)).ToLowerInvariant();

        Assert.Contains("; max-age=2592000", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/;", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_ThatIsFound_IsUsedAsItIs()
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        var before = await keys.ListAsync("session:*");
        var cookies = browser.Cookies.Received.Count;

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        Assert.Equal(before, await keys.ListAsync("session:*"));
        Assert.Equal(cookies, browser.Cookies.Received.Count);
    }

    [Theory]
    [InlineData("the browser is closed")]
    [InlineData("Redis is flushed")]
    public async Task Session_ThatIsNotFound_IsPutBackFromTheSignedCookie(string after)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        if (after == "Redis is flushed")
            await server.FlushAllAsync();
        else
            browser.Close();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        var id = browser.Cookies[Stage.SessionCookie]!;
        Assert.True(await server.Keys().ExistsAsync("session:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_IsStillSignedIn_AfterTheGatewayWasRestarted(bool sessionsInRedis)
    {
        await using var site = await EchoSite.StartAsync();
        var settings = new GatewaySettings().WithRoute("site", "/{**path}", site.Address);
        await using var gateway = await GatewayProcess.StartAsync(sessionsInRedis ? settings.WithRedis(redis.NewKeys()) : settings);
        await using (var commandLine = await TestGateway.StartAsync(gateway.Settings))
            await commandLine.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);
        using var browser = gateway.NewBrowser();
        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        await gateway.KillAsync();
        await gateway.StartAsync();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("S06")]
    public async Task Logout_DestroysTheSessionAndTheCookie()
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        using var replayed = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());

        using var answer = await browser.LogoutAsync();

        Assert.Empty(await keys.ListAsync("session:*"));
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        Assert.Null(await replayed.UserAtAsync());
        Assert.Empty(await keys.ListAsync("session:*"));
    }

    private static Task<Stage> StartAsync(RedisKeys keys) => Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
}
