using System.Net;
using System.Net.Http.Json;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Login;

public class LogoutTests(SharedRedis redis)
{
    [Fact]
    [Requirement("S06", "S07")]
    public async Task Logout_EndsTheSessionForgetsTheBrowserAndClearsBothCookies()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        using var browser = await stage.LogInAsync(remember: true);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());

        using var answer = await browser.LogoutAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/_gateway/login", answer.Headers.Location?.OriginalString);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        Assert.Empty(await keys.ListAsync("session:*"));
        Assert.Equal(0, await RowsAsync(stage));
        Assert.Null(await thief.UserAtAsync());
        thief.Cookies[Stage.SessionCookie] = null;
        Assert.Null(await thief.UserAtAsync());
        Assert.Empty(await keys.ListAsync("session:*"));
    }

    [Fact]
    public async Task Logout_ByAScript_IsAnsweredWithoutContentAsOftenAsItIsSent()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);

        for (var time = 0; time < 3; time++)
        {
            using var answer = await browser.FetchAsync("/_gateway/logout", HttpMethod.Post);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Empty(await keys.ListAsync("session:*"));
        Assert.Equal(0, await RowsAsync(stage));
    }

    [Fact]
    [Requirement("S07")]
    public async Task Logout_WithTheSignedCookieAlone_ForgetsTheBrowserAndItsSessions()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        using var answer = await browser.LogoutAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(0, await RowsAsync(stage));
        Assert.Empty(await keys.ListAsync("session:*"));
    }

    [Fact]
    public async Task Logout_LooksOnlyAtThisBrowser()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        using var other = await stage.LogInAsync(remember: true);

        using var answer = await browser.LogoutAsync();

        Assert.Equal(Stage.UserId, await other.UserAtAsync());
        other.Close();
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
    }

    [Fact]
    [Requirement("A17")]
    public async Task TheLogoutPage_EndsNothing()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);

        using var page = await browser.GetAsync("/_gateway/logout");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(1, await RowsAsync(stage));
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Theory]
    [Requirement("A17")]
    [InlineData("http", HttpStatusCode.Forbidden)]
    [InlineData("https", HttpStatusCode.NoContent)]
    public async Task Logout_OverHttps_IsMeantOnlyByAPageOfHttps(string scheme, HttpStatusCode expected)
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/logout");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Host = "site.example";
        request.Headers.Add("Origin", scheme + "://site.example");
        request.Content = JsonContent.Create(new { });

        using var answer = await browser.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [Requirement("A17")]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", null, HttpStatusCode.BadRequest)]
    public async Task Logout_ThatNobodyMeant_IsRefused(string header, string? value, HttpStatusCode expected)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        using var request = browser.Request(HttpMethod.Post, "/_gateway/logout");
        request.Content = new FormUrlEncodedContent([]);
        if (value is not null)
            request.Headers.Add(header, value);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Equal(1, await RowsAsync(stage));
    }

    // As with Referrer-Policy: no-referrer.
    [Fact]
    public async Task Logout_OfAPageThatTellsNobodyWhereItIs_IsMeant()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        using var request = browser.Navigation(HttpMethod.Post, "/_gateway/logout");
        request.Content = new FormUrlEncodedContent([]);
        request.Headers.Add("Origin", "null");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(await browser.UserAtAsync());
        Assert.Equal(0, await RowsAsync(stage));
    }

    private static Task<int> RowsAsync(Stage stage) => stage.Gateway.InDatabaseAsync(
        database => database.Set<RememberedBrowser>().CountAsync(TestContext.Current.CancellationToken));
}
