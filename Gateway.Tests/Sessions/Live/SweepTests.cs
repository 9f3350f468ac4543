using System.Text.RegularExpressions;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Tests.Sessions.Outage;

namespace Gateway.Tests.Sessions.Live;

/// <summary>What no message tells, the sweep finds, and it costs Redis next to nothing.</summary>
public sealed class SweepTests
{
    private const int Sockets = 30;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly TestClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sockets_OfManySessions_TakeOneQuestionARound()
    {
        const int Rounds = 3;
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys(), clock: clock);
        var (browsers, sockets) = await OpenAsync(stage);
        await server.ExecuteAsync("CONFIG", "RESETSTAT");
        // They have spoken, and have to be renewed for it.
        clock.Advance(Round);
        await Eventually.TrueAsync(async () => await CallsAsync(server, "getex") == Sockets);
        await server.ExecuteAsync("CONFIG", "RESETSTAT");

        for (var round = 1; round <= Rounds; round++)
        {
            clock.Advance(Round);
            await Eventually.TrueAsync(async () => await CallsAsync(server, "mget") == round);
        }

        Assert.Equal((0, 0), (await CallsAsync(server, "get"), await CallsAsync(server, "getex")));
        foreach (var socket in sockets)
            Assert.Equal("still here", await socket.EchoAsync("still here"));
        browsers.ForEach(browser => browser.Dispose());
        sockets.ForEach(socket => socket.Dispose());
    }

    [Theory]
    [Requirement("P07")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Socket_WhoseSessionEndedWithoutAMessage_EndsWithTheNextRoundAndTheOthersStay(bool used)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys(), clock: clock);
        using var browser = await stage.LogInAsync();
        using var ending = await OpenStream.SocketAsync(browser);
        var gone = Assert.Single(await server.Keys().ListAsync("session:*"));
        var (browsers, sockets) = await OpenAsync(stage);
        await server.ExecuteAsync("CONFIG", "RESETSTAT");
        clock.Advance(Round);
        await Eventually.TrueAsync(async () => await CallsAsync(server, "getex") == Sockets + 1);
        if (used)
            Assert.Equal("busy", await ending.EchoAsync("busy"));

        Assert.True(await server.Keys().DeleteAsync(gone));
        clock.Advance(Round);

        await ending.Ended.WaitAsync(Promised, Token);
        Assert.Equal("session over", ending.CloseReason);
        foreach (var socket in sockets)
            Assert.Equal("still here", await socket.EchoAsync("still here"));
        browsers.ForEach(one => one.Dispose());
        sockets.ForEach(one => one.Dispose());
    }

    // Redis goes on telling of a session that nobody may have any more, and the socket has nothing to be renewed for.
    [Fact]
    [Requirement("P07")]
    public async Task Socket_ThatIsSilent_EndsWithItsUserAlsoWhileRedisTakesNoWrites()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys(), clock: clock);
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);
        await server.ExecuteAsync("CONFIG", "RESETSTAT");
        clock.Advance(Round);
        await Eventually.TrueAsync(async () => await CallsAsync(server, "getex") == 1);
        clock.Advance(Round);
        await Eventually.TrueAsync(async () => await CallsAsync(server, "mget") == 1);
        await server.RefuseWritesAsync("replica");

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(Round);
            return socket.Ended.IsCompleted;
        });
    }

    private static async Task<(List<Browser> Browsers, List<OpenStream> Sockets)> OpenAsync(Stage stage)
    {
        List<Browser> browsers = [];
        List<OpenStream> sockets = [];
        for (var number = 0; number < Sockets; number++)
        {
            browsers.Add(await stage.LogInAsync());
            sockets.Add(await OpenStream.SocketAsync(browsers[^1]));
        }

        return (browsers, sockets);
    }

    private static async Task<int> CallsAsync(RedisServer server, string command)
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "the statistics are those of redis-server");
        var stats = (await server.ExecuteAsync("INFO", "commandstats")).ToString();
        return Regex.Match(stats, $"cmdstat_{command}:calls=(?<calls>\\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match
            ? int.Parse(match.Groups["calls"].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }
}
