namespace Gateway.Tests.Hosting;

/// <summary>A clock that stands still until a test moves it.</summary>
/// <remarks>It starts at the present second, since Redis and data protection keep their own time.</remarks>
internal sealed class TestClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<TestTimer> timers = [];
    private DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on, firing every timer at its own moment on the way; one that ticks by the thousand only at the last of them.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
            timer.Fire(target);
        lock (gate)
            now = target;
    }

    /// <summary>Whether a timer is due within that time.</summary>
    public bool IsWaitedFor(TimeSpan within)
    {
        lock (gate)
            return timers.Any(timer => timer.Due <= now + within);
    }

    internal void Schedule(TestTimer timer, DateTimeOffset? due)
    {
        lock (gate)
        {
            timers.Remove(timer);
            timer.Due = due;
            if (due is not null)
                timers.Add(timer);
        }
    }

    private TestTimer? NextDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is { Due: { } due } && due > now)
                now = due;
            return next;
        }
    }
}
