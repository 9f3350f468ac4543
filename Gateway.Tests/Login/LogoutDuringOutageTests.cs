using System.Net;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Tests.Sessions.Outage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Login;

/// <summary>Whoever logs out while Redis is away is logged out, now and when it is back.</summary>
public sealed class LogoutDuringOutageTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Logout_WhileRedisIsAway_IsHonouredAtOnce(bool remember, bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync(remember);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        using var second = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        second.Close();
        await server.FailAsync(frozen);
        Assert.Equal(Stage.UserId, await thief.UserAtAsync());
        Assert.Equal(remember ? Stage.UserId : null, await second.UserAtAsync());

        using var answer = await browser.LogoutAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        Assert.Equal(0, await RowsAsync(stage));
        Assert.Null(await browser.UserAtAsync());
        Assert.Null(await thief.UserAtAsync());
        Assert.Null(await second.UserAtAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logout_WhileRedisIsFrozen_EndsTheSessionThereWhenItIsBack(bool remember)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync(remember);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        await server.FreezeAsync();
        // Nothing of the logout itself may be on its way to Redis then.
        await stage.EventuallyAwayAsync(browser);
        await LogOutAsync(browser);

        await server.ThawAsync();

        Assert.Null(await thief.UserAtAsync());
        await Eventually.TrueAsync(async () => await server.Keys().CountAsync("session:*") == 0, within: TimeSpan.FromSeconds(5));
        Assert.Null(await thief.UserAtAsync());
        Assert.Empty(await server.Keys().ListAsync("session:*"));
    }

    [Fact]
    public async Task Logout_OfASessionThisNodeNeverSaw_EndsItThereWhenRedisIsBack()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await server.FreezeAsync();
        await LogOutAsync(elsewhere);

        await server.ThawAsync();

        await Eventually.TrueAsync(async () => await server.Keys().CountAsync("session:*") == 0);
    }

    [Fact]
    public async Task Logout_WithTheSignedCookieAlone_EndsTheSessionsOfTheBrowserWhenRedisIsBack()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync(remember: true);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        browser.Close();
        await server.FreezeAsync();
        await LogOutAsync(browser);
        // The browser no longer has the session's cookie, but somebody else has.
        Assert.Null(await thief.UserAtAsync());

        await server.ThawAsync();

        await Eventually.TrueAsync(async () => await server.Keys().CountAsync("session:*") == 0);
        Assert.Null(await thief.UserAtAsync());
    }

    [Fact]
    public async Task Login_AfterALogoutDuringAnOutage_IsAFreshStart()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync(remember: true);
        await server.StopAsync();
        await LogOutAsync(browser);

        await server.StartAsync();

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Single(await server.Keys().ListAsync("session:*"));
    }

    private static async Task LogOutAsync(Browser browser)
    {
        using var answer = await browser.FetchAsync("/_gateway/logout", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static Task<int> RowsAsync(Stage stage) =>
        stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().CountAsync(TestContext.Current.CancellationToken));
}
