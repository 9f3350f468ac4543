using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Sessions that were ended while the store was away, and are still in it.</summary>
public sealed class PendingEndsTests
{
    [Fact]
    public async Task ASession_ThatWaitsForItsEnd_IsServedNoMore()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();
        var session = await SessionAsync(stage);

        Assert.True(Pending(stage).TryAdd(new PendingEnd(session.Key, session.UserId, IsBrowser: false, "logout")));

        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task ASessionOfABrowser_ThatWaitsForItsEnd_IsServedNoMore()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync(remember: true);
        var session = await SessionAsync(stage);
        browser.Cookies[Stage.RememberCookie] = null;

        Assert.True(Pending(stage).TryAdd(new PendingEnd(session.Browser!, session.UserId, IsBrowser: true, "logout")));

        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public void LogoutsOfMadeUpSessions_LeaveRoomForRealOnes()
    {
        var pending = new PendingEnds();
        var number = 0;
        while (pending.TryAdd(End(userId: null)))
            Assert.InRange(number, 0, 100_000);

        Assert.True(pending.TryAdd(End(Stage.UserId)));
        while (pending.TryAdd(End(Stage.UserId)))
            Assert.InRange(number, 0, 100_000);

        PendingEnd End(string? userId) => new($"{number++}", userId, IsBrowser: false, "logout");
    }

    private static PendingEnds Pending(Stage stage) => stage.Gateway.Services.GetRequiredService<PendingEnds>();

    private static async Task<Session> SessionAsync(Stage stage)
    {
        var store = stage.Gateway.Services.GetRequiredService<ISessionStore>();
        return Assert.Single(await store.ListAsync(Stage.UserId, TestContext.Current.CancellationToken)).Session;
    }
}
