using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Connections stay open and nothing comes back, as behind a firewall that forgot them or from a server that is frozen for long.</summary>
public sealed class LostReplyTests
{
    [Fact]
    public async Task Service_AfterAGreetingThatWasNeverAnswered_IsNormalWithinSeconds()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line));
        using var browser = await stage.LogInKnownAsync();
        using var remembered = await stage.LogInAsync(remember: true);
        remembered.Close();
        var before = line.Connections;
        line.Fault = new LineFault { Lost = true };

        // The client gives up its two connections, tries new ones that nobody greets, and is at this moment waiting for such a greeting.
        await Eventually.TrueAsync(async () =>
        {
            await browser.AssertServedAsync();
            await remembered.AssertServedAsync();
            return line.Connections >= before + 4;
        }, within: TimeSpan.FromSeconds(30));
        line.Fault = LineFault.None;

        await stage.EventuallyNormalAsync();
        Assert.Single(stage.Gateway.Logs.Of("RedisAway"));
        Assert.Single(stage.Gateway.Logs.Of("RedisBack"));
    }
}
