using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis answers what only reads, and refuses to write.</summary>
public sealed class RefusedWritesTests
{
    public static TheoryData<string> Faults => ["replica", "without replicas", "disk", "rights", "memory"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WhoeverHasALiveRecord_IsServed(string fault)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await server.RefuseWritesAsync(fault);

        for (var request = 0; request < 3; request++)
        {
            await browser.AssertServedAsync();
            // A node that never saw the session.
            await elsewhere.AssertServedAsync();
        }

        using var session = await elsewhere.FetchAsync("/_gateway/session");
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ARememberedVisitor_IsServedWithoutARecordAndGetsOneAfterwards(string fault)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        await server.Keys().DeleteAllAsync();
        browser.Close();
        await server.RefuseWritesAsync(fault);

        for (var request = 0; request < 3; request++)
            await browser.AssertServedAsync();

        Assert.Equal(0, await server.Keys().CountAsync("session:*"));
        await server.TakeWritesAsync(fault);
        await Eventually.TrueAsync(
            async () => await browser.UserAtAsync() == Stage.UserId && browser.Cookies[Stage.SessionCookie] is not null, OutageStage.Recovery);
        Assert.Equal(1, await server.Keys().CountAsync("session:*"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ALogin_IsRefusedForNowAndSaidOnceInTheLog(string fault)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync();
        using var stranger = stage.Gateway.NewBrowser();
        await server.RefuseWritesAsync(fault);

        for (var request = 0; request < 3; request++)
        {
            using var answer = await stranger.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Null(await stranger.UserAtAsync("/public/page"));
            await browser.AssertServedAsync();
        }

        Assert.Empty(stranger.Cookies.Received);
        await server.TakeWritesAsync(fault);
        await stage.EventuallyNormalAsync();
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RedisWritesAgain").Count == 1, OutageStage.Recovery);
        Assert.Single(stage.Gateway.Logs.Of("RedisRefusesWrites"));
        Assert.Empty(stage.Gateway.Logs.Of("StoreUnavailable").Concat(stage.Gateway.Logs.Of("DependencyFailed")).Skip(1));
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ALogout_IsHonouredAndDoneWhenItCanBe(string fault)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync(remember: true);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        await server.RefuseWritesAsync(fault);

        using var answer = await browser.LogoutAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(await thief.UserAtAsync());
        await server.TakeWritesAsync(fault);
        await Eventually.TrueAsync(async () => await server.Keys().CountAsync("session:*") == 0, OutageStage.Recovery);
        Assert.Null(await thief.UserAtAsync());
    }
}
