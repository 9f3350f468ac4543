using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis answers, and late.</summary>
public sealed class SlowRedisTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AnswersThatTakeSeconds_AreNotWaitedFor(int seconds)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line));
        using var browser = await stage.LogInKnownAsync();
        using var remembered = await stage.LogInAsync(remember: true);
        remembered.Close();
        var node = await stage.StartNodeAsync();
        using var elsewhere = browser.At(node.BaseAddress);
        line.Fault = new LineFault { Delay = TimeSpan.FromSeconds(seconds) };

        await stage.EventuallyAwayAsync(browser);
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await elsewhere.GetAsync("/page");
            Assert.Empty(node.Logs.Of("RequestFailed").Select(entry => entry.Text));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            return node.Logs.Of("RedisAway").Count > 0;
        });

        var start = TimeProvider.System.GetTimestamp();
        for (var request = 0; request < 3; request++)
        {
            await browser.AssertServedAsync();
            await remembered.AssertServedAsync();
            await elsewhere.AssertAskedToComeAgainAsync();
        }

        // Nine questions would have been waited for.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        line.Fault = LineFault.None;
        await stage.EventuallyNormalAsync();
        await elsewhere.EventuallyServedAsync();
        Assert.Single(stage.Gateway.Logs.Of("RedisAway"));
        Assert.Single(stage.Gateway.Logs.Of("RedisBack"));
    }
}
