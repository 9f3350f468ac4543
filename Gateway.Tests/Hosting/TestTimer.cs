namespace Gateway.Tests.Hosting;

/// <summary>A timer of <see cref="TestClock"/>.</summary>
internal sealed class TestTimer(TestClock clock, Action callback) : ITimer
{
    private TimeSpan period;

    public DateTimeOffset? Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        this.period = period;
        clock.Schedule(this, dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime);
        if (dueTime == TimeSpan.Zero)
            clock.Advance(TimeSpan.Zero);
        return true;
    }

    public void Fire()
    {
        var again = period > TimeSpan.Zero ? Due + period : null;
        clock.Schedule(this, again);
        callback();
    }

    public void Dispose() => clock.Schedule(this, due: null);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
