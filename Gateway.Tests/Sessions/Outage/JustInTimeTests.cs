using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis answers a moment before nobody would wait any longer, which takes a machine that does nothing else.</summary>
[Collection(typeof(Alone))]
public sealed class JustInTimeTests
{
    [Fact]
    public async Task AnswersThatAreJustInTime_AreNoOutage()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line));
        using var browser = await stage.LogInAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        line.Fault = new LineFault { Delay = TimeSpan.FromMilliseconds(400) };

        using var answer = await stage.Gateway.NewBrowser().LoginJsonAsync(Stage.Email, Stage.Password);
        answer.EnsureSuccessStatusCode();
        await browser.AssertServedAsync();
        await elsewhere.AssertServedAsync();

        Assert.Empty(stage.Gateway.Logs.Of("RedisAway"));
    }
}
