using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Replies were lost and the connection lives on: the client takes every further one for the answer to an earlier question.</summary>
public sealed class OutOfStepTests
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task Visitors_WhoseRepliesAreMixedUp_AreThemselvesOrAskedToComeAgain(int lost)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line).With("Gateway:Session:OutageGrace", "00:00:00"));
        var visitors = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => LogInAsync(stage, $"user-{number}")));
        var received = visitors.Sum(visitor => visitor.Browser.Cookies.Received.Count);
        line.Fault = new LineFault { Skips = _ => Interlocked.Decrement(ref lost) >= 0 };

        var start = TimeProvider.System.GetTimestamp();
        bool IsOver() => TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(2);
        await Task.WhenAll([StrangersAsync(stage, IsOver), .. visitors.Select(visitor => Eventually.TrueAsync(async () =>
        {
            await visitor.Browser.IsServedAsync(visitor.UserId);
            return IsOver();
        }, within: TimeSpan.FromMinutes(1)))]);
        line.Fault = LineFault.None;

        foreach (var (browser, userId) in visitors)
        {
            await Eventually.TrueAsync(() => browser.IsServedAsync(userId), Recovery);
            browser.Dispose();
        }

        Assert.Equal(received, visitors.Sum(visitor => visitor.Browser.Cookies.Received.Count));
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }

    [Fact]
    public async Task ARevocation_ReachesANodeWhoseClientWasReplaced()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line)
            // No copy is looked after by other means while this test lasts.
            .With("Gateway:Session:IdleTimeout", "10:00:00")
            .With("Gateway:Session:CacheFor", "00:10:00"));
        using var browser = await stage.LogInKnownAsync();
        // Now and then the library asks something itself at this very moment, finds out by the answer, and connects anew.
        for (var attempt = 1; stage.Gateway.Logs.Of("RedisClientReplaced").Count == 0; attempt++)
        {
            Assert.InRange(attempt, 1, 5);
            var (lost, back) = (0, stage.Gateway.Logs.Of("RedisBack").Count);
            line.Fault = new LineFault { Skips = _ => Interlocked.Increment(ref lost) > 0 };
            await AskUntilAsync(stage, () => Volatile.Read(ref lost) > 0 && stage.Gateway.Logs.Of("RedisAway").Count > back);
            line.Fault = LineFault.None;
            await AskUntilAsync(stage, () => stage.Gateway.Logs.Of("RedisBack").Count > back);
        }

        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RevocationChannelUp").Count >= 2);
        await Eventually.TrueAsync(() => browser.IsServedAsync(), Recovery);
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        // The browser's cookies stay, as those of a thief do.
        var cookie = browser.Cookies[Stage.SessionCookie];
        using var logout = await elsewhere.LogoutAsync();
        Assert.Equal(HttpStatusCode.SeeOther, logout.StatusCode);

        browser.Cookies[Stage.SessionCookie] = cookie;
        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null);
    }

    // Strangers ask Redis every time.
    private static Task AskUntilAsync(Stage stage, Func<bool> happened) => Eventually.TrueAsync(async () =>
    {
        await AskAsStrangerAsync(stage);
        return happened();
    }, Recovery);

    private static async Task StrangersAsync(Stage stage, Func<bool> isOver)
    {
        while (!isOver())
            await AskAsStrangerAsync(stage);
    }

    // Of them Redis says that there is nothing, which must not be taken for the answer about a visitor.
    private static async Task AskAsStrangerAsync(Stage stage)
    {
        using var stranger = stage.Gateway.NewBrowser();
        stranger.Cookies[Stage.SessionCookie] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        using var answer = await stranger.GetAsync("/page");
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
    }

    private static async Task<(Browser Browser, string UserId)> LogInAsync(Stage stage, string userId)
    {
        await stage.Gateway.AddUserAsync($"{userId}@example.org", Stage.Password, userId);
        var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync($"{userId}@example.org", Stage.Password);
        answer.EnsureSuccessStatusCode();
        return (browser, userId);
    }
}
