using System.Net;
using System.Text.Json;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.RememberMe;

/// <summary>A remembered visitor reads on while Redis is away.</summary>
public sealed class RememberedDuringOutageTests
{
    [Theory]
    [Requirement("P11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AVisitorWithoutASession_IsServedAndKeepsTheirCookies(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        var received = browser.Cookies.Received.Count;
        await server.FailAsync(frozen);

        for (var request = 0; request < 5; request++)
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        Assert.Equal(received, browser.Cookies.Received.Count);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/public/page"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AVisitorWhoseSessionThisNodeNeverSaw_IsServedAndGoesOnWithItAfterwards(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        var node = await stage.StartNodeAsync();
        using var elsewhere = browser.At(node.BaseAddress);
        var received = browser.Cookies.Received.Count;
        await server.FailAsync(frozen);

        for (var request = 0; request < 5; request++)
            Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());

        Assert.Equal(received, browser.Cookies.Received.Count);
        await server.RecoverAsync(frozen);
        await Eventually.TrueAsync(() => node.Logs.Of("RedisBack").Count == 1, within: TimeSpan.FromSeconds(5));
        Assert.Equal(Stage.UserId, await elsewhere.UserAtAsync());
        // A Redis that was killed has lost the session, and the browser got a new one; a frozen one kept it.
        Assert.Equal(frozen ? received : received + 1, browser.Cookies.Received.Count);
    }

    [Fact]
    public async Task AVisitorWithoutTheRole_IsRefusedAsEver()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        await server.StopAsync();

        using var page = await browser.GetAsync("/edit/page");

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task AVisitorWhoAsksWhoTheyAre_IsTold()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        await server.StopAsync();

        using var session = await browser.FetchAsync("/_gateway/session");
        using var verified = await browser.FetchAsync("/_gateway/verify");

        Assert.Equal(Stage.UserId, JsonElement.Parse(await session.TextAsync()).GetProperty("userId").GetString());
        Assert.Equal(Stage.UserId, Assert.Single(verified.Headers.GetValues("X-User-Id")));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("revoked")]
    [InlineData("forgotten")]
    public async Task AVisitorWhoMayNotComeIn_IsServedNoLongerThanSeconds(string decision)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        await server.StopAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        await DecideAsync(stage, decision);

        // Nobody is there, and that is known without Redis.
        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null, within: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ACookieOfSomebodyElsesMaking_IsNobodys()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        browser.Cookies[Stage.RememberCookie] = new string('A', 200);
        await server.StopAsync();

        Assert.Null(await browser.UserAtAsync());
    }

    private static Task DecideAsync(Stage stage, string decision) => decision switch
    {
        "disabled" => stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true)),
        "revoked" => stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RevokeAsync(user)),
        _ => stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().ExecuteDeleteAsync(TestContext.Current.CancellationToken)),
    };
}
