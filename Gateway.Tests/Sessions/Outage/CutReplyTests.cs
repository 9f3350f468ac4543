using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>The connection to Redis ends within a reply, or the reply comes in pieces.</summary>
public sealed class CutReplyTests
{
    [Fact]
    public async Task ARecordThatIsCutOff_IsNobodysAndLogsNobodyOut()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line));
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        line.Fault = new LineFault { Cut = reply => Record(reply) is >= 0 and var at ? at : null };

        await elsewhere.AssertAskedToComeAgainAsync();
        await browser.AssertServedAsync();

        Assert.NotEqual(0, line.Cuts);
        line.Fault = LineFault.None;
        await stage.EventuallyNormalAsync();
        await elsewhere.EventuallyServedAsync();
    }

    [Fact]
    public async Task ManyCuts_GiveNobodySomebodyElsesSession()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port);
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line).With("Gateway:Session:OutageGrace", "00:00:00"));
        var visitors = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => LogInAsync(stage, $"user-{number}")));
        var received = visitors.Sum(visitor => visitor.Browser.Cookies.Received.Count);
        var served = 0;
        // Of the records, one in eight ends anywhere.
        line.Fault = new LineFault
        {
            PieceSize = 100,
            Cut = reply => Record(reply) >= 0 && Random.Shared.Next(8) == 0 ? Random.Shared.Next(reply.Length) : null,
        };

        await Task.WhenAll(visitors.Select(visitor => Eventually.TrueAsync(async () =>
        {
            if (await visitor.Browser.IsServedAsync(visitor.UserId))
                Interlocked.Increment(ref served);
            return line.Cuts >= 5;
        }, within: TimeSpan.FromSeconds(60))));

        Assert.NotEqual(0, served);
        line.Fault = LineFault.None;
        foreach (var (visitor, userId) in visitors)
        {
            await Eventually.TrueAsync(() => visitor.IsServedAsync(userId), OutageStage.Recovery);
            visitor.Dispose();
        }

        Assert.Equal(received, visitors.Sum(visitor => visitor.Browser.Cookies.Received.Count));
    }

    [Fact]
    public async Task RepliesByteByByte_AreRepliesAllTheSame()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var line = new FaultyLine(server.Port) { Fault = new LineFault { PieceSize = 1 } };
        await using var stage = await Stage.StartAsync(server.Keys(), settings => settings.Over(line));

        using var browser = await stage.LogInAsync();

        await browser.AssertServedAsync();
    }

    private static async Task<(Browser Browser, string UserId)> LogInAsync(Stage stage, string userId)
    {
        await stage.Gateway.AddUserAsync($"{userId}@example.org", Stage.Password, userId);
        var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync($"{userId}@example.org", Stage.Password);
        answer.EnsureSuccessStatusCode();
        return (browser, userId);
    }

    // Where a session says whose it is.
    private static int Record(byte[] reply) => reply.AsSpan().IndexOf("\"userId\""u8);
}
