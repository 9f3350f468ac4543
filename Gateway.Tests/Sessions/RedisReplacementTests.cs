using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;
using GatewayKeys = Gateway.Sessions.RedisKeys;

namespace Gateway.Tests.Sessions;

/// <summary>A client of Redis that does not get going again is replaced.</summary>
public sealed class RedisReplacementTests : IAsyncLifetime
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(500);

    private readonly TestClock clock = new();
    private readonly CapturedLogs logs = new();
    private readonly ILoggerFactory loggers;
    private RedisServer server = null!;
    private FaultyLine line = null!;
    private RedisConnection connection = null!;

    public RedisReplacementTests() => loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartNewAsync();
        line = new FaultyLine(server.Port);
        connection = GatewayRedis.Connect($"127.0.0.1:{line.Port},connectTimeout=300", clock, loggers);
        // Longer than a question may take.
        await connection.MultiplexerAsync();
        await connection.ConfirmAsync(beside: null, Now);
    }

    [Fact]
    public async Task AClientThatIsOutOfStep_IsReplacedAfterAWhile()
    {
        // Now and then the library asks something itself at this very moment, finds out by the answer, and connects anew.
        for (var attempt = 1; logs.Of("RedisClientReplaced").Count == 0; attempt++)
        {
            Assert.InRange(attempt, 1, 5);
            line.Fault = new LineFault { Skips = _ => true };
            await Task.WhenAll(AnsweredAsync(), AnsweredAsync(), AnsweredAsync());
            line.Fault = LineFault.None;
            await Eventually.TrueAsync(() => logs.Of("RedisAway").Count == attempt);
            Assert.Empty(logs.Of("RedisClientReplaced"));
            await EventuallyAnsweredAsync();
            await Eventually.TrueAsync(() => logs.Of("RedisBack").Count == attempt);
        }

        Assert.Single(logs.Of("RedisClientReplaced"));
        await Eventually.TrueAsync(() => line.Open == 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALongOutage_LeavesNoConnectionsBehind(bool isSilent)
    {
        if (isSilent)
            line.Fault = new LineFault { Lost = true };
        else
            await server.StopAsync();
        await EventuallyAwayAsync();

        // A dozen fresh clients, with two connections each, beside what the first one tries by itself.
        for (var attempts = 0; attempts < 12; attempts++)
        {
            var before = line.Connections;
            await Eventually.TrueAsync(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return line.Connections >= before + 3;
            });
        }

        Assert.Empty(logs.Of("RedisClientReplaced"));
        line.Fault = LineFault.None;
        if (!isSilent)
            await server.StartAsync();
        await EventuallyAnsweredAsync();
        await Eventually.TrueAsync(() => line.Open == 2);
    }

    [Fact]
    public async Task AConnectionThatEnds_InAnOutage_IsProbedNoMore()
    {
        await server.StopAsync();
        await EventuallyAwayAsync();

        await connection.DisposeAsync();

        await Eventually.TrueAsync(() => !clock.IsWaitedFor(ProbeInterval));
    }

    [Fact]
    public async Task AConnectionThatEnds_BeforeItIsThere_LeavesNothingOpen()
    {
        line.Fault = new LineFault { Lost = true };
        var (before, unfinished) = (line.Connections, GatewayRedis.Connect($"127.0.0.1:{line.Port},connectTimeout=300", clock, loggers));
        var connecting = unfinished.MultiplexerAsync();
        await Eventually.TrueAsync(() => line.Connections > before);
        Assert.False(connecting.IsCompleted);

        await unfinished.DisposeAsync();

        line.Fault = LineFault.None;
        await connecting;
        await connection.DisposeAsync();
        await Eventually.TrueAsync(() => line.Open == 0);
    }

    [Fact]
    public async Task Copies_AreNotTrustedUntilTheFreshClientHearsOfRevocations()
    {
        var settings = new SessionSettings();
        var keys = new GatewayKeys(settings);
        var cache = new SessionCache(settings, TimeProvider.System);
        var ticks = new TestClock();
        using var listener = new RevocationListener(connection, keys, cache, ticks, loggers.CreateLogger<RevocationListener>());
        await listener.StartAsync(Now);
        await Eventually.TrueAsync(() => logs.Of("RevocationChannelUp").Count == 1);
        Keep(cache);
        Assert.NotNull(cache.Find("key"));

        await MixUpAsync();
        await EventuallyAnsweredAsync();
        Assert.Single(logs.Of("RedisClientReplaced"));
        Assert.Null(cache.Find("key"));

        ticks.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => logs.Of("RevocationChannelUp").Count == 2);
        Keep(cache);
        Assert.NotNull(cache.Find("key"));
        await server.ExecuteAsync("PUBLISH", keys.Revoked.ToString(), "key");
        await Eventually.TrueAsync(() => cache.Find("key") is null);
        await listener.StopAsync(Now);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await line.DisposeAsync();
        await server.DisposeAsync();
        loggers.Dispose();
    }

    private static void Keep(SessionCache cache)
    {
        var session = new Session(
            "key", "42", "ann@example.org", null, [], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), Restored: false, Browser: null, "stamp");
        cache.Keep(session.Key, session.ToPrincipal(), cache.Now);
    }

    // One reply is lost, and its question gets the one to the next.
    private async Task MixUpAsync()
    {
        var lost = 0;
        line.Fault = new LineFault { Skips = _ => Interlocked.Increment(ref lost) == 1 };
        var first = AnsweredAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref lost) > 0);
        Assert.False(await AnsweredAsync());
        Assert.False(await first);
    }

    private Task EventuallyAwayAsync() => Eventually.TrueAsync(async () => !await AnsweredAsync() && logs.Of("RedisAway").Count > 0);

    private Task EventuallyAnsweredAsync() => Eventually.TrueAsync(async () =>
    {
        // Not beside a probe under way, which would be given up for another.
        if (clock.IsWaitedFor(ProbeInterval))
            clock.Advance(ProbeInterval);
        return await AnsweredAsync();
    });

    private async Task<bool> AnsweredAsync()
    {
        try
        {
            await connection.ConfirmAsync(beside: null, Now);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
