using System.Net;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Account;

/// <summary>A visitor sees who they are and where they are logged in.</summary>
public sealed class AccountPageTests(SharedRedis redis)
{
    [Fact]
    public async Task Page_OfAStranger_IsShownAfterTheLogin()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var asked = await browser.GetAsync(AccountVisits.Page);
        using var script = await browser.FetchAsync(AccountVisits.Page);
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: AccountVisits.Page);
        using var page = await browser.GetAsync(loggedIn.Headers.Location!.OriginalString);

        Assert.Equal("/_gateway/login?returnUrl=%2F_gateway%2Faccount", asked.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(Stage.Email, await page.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_ShowsEveryBrowser_WithItsNameAndAddress(bool inRedis)
    {
        await using var stage = await StartAsync(inRedis);
        using var phone = await stage.LogInWithAsync(AccountVisits.Safari, remember: true, "2001:db8::7");
        using var desk = await stage.LogInWithAsync(AccountVisits.Firefox, remember: false, "203.0.113.8");
        using var program = await stage.LogInWithAsync("backup/1 <b>& nightly</b>", remember: false, "203.0.113.9");

        Assert.Equal(
            [
                ("Firefox on Windows", "203.0.113.8", true, false),
                ("Safari on iPhone", "2001:db8::7", false, true),
                ("backup/1 <b>", "203.0.113.9", false, false),
            ],
            (await desk.ShownAsync()).Select(shown => (shown.Name, shown.Address, shown.IsHere, shown.IsRemembered)).OrderBy(shown => !shown.IsHere).ThenBy(shown => shown.Name, StringComparer.Ordinal));
        var onPhone = await phone.ShownAsync();
        Assert.Equal(("Safari on iPhone", true, true), (onPhone[0].Name, onPhone[0].IsHere, onPhone[0].IsRemembered));
        Assert.All(onPhone.Skip(1), shown => Assert.False(shown.IsHere));
    }

    [Fact]
    [Requirement("S12")]
    public async Task Page_TellsNoIdAndNoKey()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var other = await stage.LogInAsync(remember: true);
        using var browser = await stage.LogInAsync();

        using var page = await browser.GetAsync(AccountVisits.Page);
        var html = await page.TextAsync();

        foreach (var name in await keys.ListAsync("session:*"))
            Assert.DoesNotContain(name["session:".Length..][..12], html, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies[Stage.SessionCookie]!, html, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Cookies[Stage.SessionCookie]!, html, StringComparison.Ordinal);
        var row = Assert.Single(await stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().ToListAsync(TestContext.Current.CancellationToken)));
        Assert.DoesNotContain(row.Id, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfADemotedUser_ShowsTheRolesOfNow()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["guest"]));
        using var page = await browser.GetAsync(AccountVisits.Page);

        Assert.Contains("<dd>guest</dd>", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [Requirement("S08")]
    [InlineData("disable")]
    [InlineData("remove")]
    public async Task Page_OfAUserWhoIsOut_IsGoneAtOnce(string decision)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => decision == "disable" ? accounts.SetDisabledAsync(user, disabled: true) : accounts.RemoveAsync(user));
        using var page = await browser.GetAsync(AccountVisits.Page);

        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    [Requirement("P11")]
    public async Task Page_WhileRedisIsAway_AsksToComeAgain()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        var received = browser.Cookies.Received.Count;
        await server.StopAsync();

        using var page = await browser.GetAsync(AccountVisits.Page);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Contains("Nothing is lost", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(received, browser.Cookies.Received.Count);
    }

    private Task<Stage> StartAsync(bool inRedis) =>
        Stage.StartAsync(inRedis ? redis.NewKeys() : null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
}
