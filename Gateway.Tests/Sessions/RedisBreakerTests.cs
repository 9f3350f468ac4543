using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Sessions;

public sealed class RedisBreakerTests : IDisposable
{
    private readonly TestClock clock = new();
    private readonly CapturedLogs logs = new();
    private readonly ILoggerFactory loggers;
    private readonly RedisBreaker breaker;
    private volatile bool away = true;
    private int probes;
    private TimeSpan told;
    private Exception failure = new TimeoutException();

    public RedisBreakerTests()
    {
        loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        breaker = new RedisBreaker(clock, loggers.CreateLogger<RedisBreaker>());
    }

    [Fact]
    public void Failures_WithAnAnswerInBetween_AreNoOutage()
    {
        Fail(times: 2);
        breaker.Answered();
        Fail(times: 2);

        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public void Failures_InARow_AreAnOutageThatIsSaidOnce()
    {
        Fail(times: 5);

        Assert.True(breaker.IsOpen);
        Assert.Single(logs.Of("RedisAway"));
    }

    [Fact]
    public void ALostConnection_IsAnOutageAtOnce()
    {
        Fail(times: 1, connectionLost: true);

        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task AnOutage_EndsWithTheFirstProbeThatIsAnswered()
    {
        Fail(times: 3);
        await ProbedAsync(times: 1);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await ProbedAsync(times: 2);
        Assert.True(breaker.IsOpen);

        away = false;
        clock.Advance(TimeSpan.FromMilliseconds(500));

        await Eventually.TrueAsync(() => logs.Of("RedisBack").Count == 1);
        Assert.False(breaker.IsOpen);
        Assert.Contains("after 1.0 seconds", Assert.Single(logs.Of("RedisBack")).Text, StringComparison.Ordinal);
        Assert.Equal(3, probes);
        Assert.Equal(TimeSpan.FromSeconds(1), told);
    }

    // The client cancels what a lost connection had not sent yet.
    [Fact]
    public async Task AnOutage_WhoseProbeFailsInWhateverWay_IsProbedAgain()
    {
        foreach (var surprise in (Exception[])[new TaskCanceledException(), new ObjectDisposedException("connection"), new InvalidOperationException()])
        {
            failure = surprise;
            away = true;
            Fail(times: 3);
            await ProbedAsync(times: 1);

            away = false;
            clock.Advance(TimeSpan.FromMilliseconds(500));

            await Eventually.TrueAsync(() => !breaker.IsOpen);
            probes = 0;
        }
    }

    // The library loses one now and then.
    [Fact]
    public async Task AProbeThatIsNeverAnswered_IsGivenUpAndSentAgain()
    {
        breaker.PartlyFailed("redis:6379", () => Interlocked.Increment(ref probes) == 1 ? new TaskCompletionSource().Task : Task.CompletedTask);
        await ProbedAsync(times: 1);

        clock.Advance(RedisOptions.Lost);

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            return logs.Of("RedisComplete").Count == 1;
        });
        Assert.Equal(2, probes);
    }

    [Fact]
    public async Task AnOutage_AfterAnOutage_NeedsThreeFailuresAgain()
    {
        away = false;
        Fail(times: 3);
        await Eventually.TrueAsync(() => !breaker.IsOpen);

        Fail(times: 2);

        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public async Task ARefusalToWrite_IsSaidOnceAndOverAfterTwoProbesThatSucceed()
    {
        Assert.True(Refuse(RedisRefusal.Growth));
        Assert.False(Refuse(RedisRefusal.Writes));
        Assert.Equal(RedisRefusal.Writes, breaker.Refusal);
        Assert.False(breaker.IsOpen);
        await ProbedAsync(times: 1);
        away = false;

        clock.Advance(TimeSpan.FromMilliseconds(500));
        await ProbedAsync(times: 2);
        Assert.Equal(RedisRefusal.Writes, breaker.Refusal);
        clock.Advance(TimeSpan.FromMilliseconds(500));

        await Eventually.TrueAsync(() => logs.Of("RedisWritesAgain").Count == 1);
        Assert.Equal(RedisRefusal.None, breaker.Refusal);
        Assert.Single(logs.Of("RedisRefusesWrites"));
    }

    public void Dispose()
    {
        breaker.Dispose();
        loggers.Dispose();
        logs.Dispose();
    }

    private void Fail(int times, bool connectionLost = false)
    {
        for (var time = 0; time < times; time++)
            breaker.Failed("redis:6379", connectionLost, away =>
            {
                told = away;
                return ProbeAsync();
            });
    }

    private bool Refuse(RedisRefusal what) => breaker.Refused(what, "redis:6379", "READONLY", ProbeAsync);

    private Task ProbeAsync()
    {
        Interlocked.Increment(ref probes);
        return away ? Task.FromException(failure) : Task.CompletedTask;
    }

    private Task ProbedAsync(int times) => Eventually.TrueAsync(() => Volatile.Read(ref probes) >= times);
}
