using Gateway.Sessions;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

public sealed class SessionCacheTests
{
    private const string Key = "0123456789abcdef";

    // Shorter than the grace: both are to be kept.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly TestClock clock = new();
    private readonly SessionCache cache;

    public SessionCacheTests()
    {
        cache = new SessionCache(new SessionSettings { IdleTimeout = Idle }, clock);
        cache.Trust(true);
        clock.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Copy_IsTrustedForTenSecondsWhileTheChannelIsUp()
    {
        cache.Keep(Key, Ann(), cache.Now);

        Assert.NotNull(cache.Find(Key));
        cache.Trust(false);
        Assert.Null(cache.Find(Key));
        Assert.NotNull(cache.FindDuringOutage(Key, use: true));
    }

    [Fact]
    public void Copy_GrowsOld()
    {
        cache.Keep(Key, Ann(), cache.Now);

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(cache.Find(Key));
        Assert.NotNull(cache.FindDuringOutage(Key, use: true));
        for (var minute = 0; minute < 4; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotNull(cache.FindDuringOutage(Key, use: true));
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(cache.FindDuringOutage(Key, use: true));
    }

    [Fact]
    public void Copy_DuringAnOutage_EndsWithTheIdleTimeoutOfWhoDidNothing()
    {
        cache.Keep(Key, Ann(), cache.Now);

        clock.Advance(Idle);

        Assert.Null(cache.FindDuringOutage(Key, use: true));
    }

    [Fact]
    public void Copy_DuringAnOutage_LivesOnWithWhoIsActive()
    {
        cache.Keep(Key, Ann(), cache.Now);

        clock.Advance(Idle * 0.75);
        Assert.NotNull(cache.FindDuringOutage(Key, use: true));
        clock.Advance(Idle * 0.75);
        Assert.NotNull(cache.FindDuringOutage(Key, use: false));
        clock.Advance(Idle * 0.75);

        // To look at it was no activity.
        Assert.Null(cache.FindDuringOutage(Key, use: true));
    }

    [Fact]
    public void Answer_ThatWasUnderWayWhenTheSessionEnded_IsNotKept()
    {
        var askedAt = cache.Now;
        clock.Advance(TimeSpan.FromMilliseconds(5));
        cache.Drop(Key);
        clock.Advance(TimeSpan.FromSeconds(1));
        cache.Sweep();

        cache.Keep(Key, Ann(), askedAt);

        Assert.Null(cache.Find(Key));
        Assert.Null(cache.FindDuringOutage(Key, use: true));
        cache.Keep(Key, Ann(), cache.Now);
        Assert.NotNull(cache.Find(Key));
    }

    [Fact]
    public void Answer_ThatWasUnderWayWhileTheChannelWasDown_IsNotKept()
    {
        cache.Keep(Key, Ann(), cache.Now);
        cache.Trust(false);
        var askedAt = cache.Now;
        clock.Advance(TimeSpan.FromMilliseconds(5));
        cache.Trust(true);

        Assert.Null(cache.Find(Key));
        cache.Keep(Key, Ann(), askedAt);
        Assert.Null(cache.Find(Key));
    }

    [Fact]
    public void Strangers_LeaveNoTrace()
    {
        cache.Forget(Key);
        cache.Keep(Key, Ann(), cache.Now);

        Assert.NotNull(cache.Find(Key));
        cache.Forget(Key);
        Assert.Null(cache.Find(Key));
    }

    [Fact]
    public void Copies_AreNotKeptWithoutAChannel()
    {
        var alone = new SessionCache(new SessionSettings(), clock);

        alone.Keep(Key, Ann(), alone.Now);

        Assert.Null(alone.FindDuringOutage(Key, use: true));
        Assert.Empty(alone.Of("42"));
    }

    [Fact]
    public void Copies_BeyondTheBound_GoOldestFirstAndRevocationsStay()
    {
        var bounded = new SessionCache(new SessionSettings { MaxCopies = 100 }, clock);
        bounded.Trust(true);
        clock.Advance(TimeSpan.FromSeconds(1));
        var askedAt = bounded.Now;
        bounded.Drop("ended");
        for (var number = 0; number < 150; number++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            bounded.Keep($"{number}", Ann(), bounded.Now);
            bounded.Drop("ended");
        }

        bounded.Sweep();
        bounded.Keep("ended", Ann(), askedAt);

        Assert.InRange(bounded.Of("42").Count, 95, 100);
        Assert.Null(bounded.FindDuringOutage("0", use: true));
        Assert.NotNull(bounded.FindDuringOutage("149", use: true));
        Assert.Null(bounded.FindDuringOutage("ended", use: true));
    }

    private SessionPrincipal Ann() => new Session(
        Key, "42", Stage.Email, "Ann", [], clock.GetUtcNow(), clock.GetUtcNow() + TimeSpan.FromDays(1), Restored: false, Browser: null, "stamp")
        .ToPrincipal();
}
