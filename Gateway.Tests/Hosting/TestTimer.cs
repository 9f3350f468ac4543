namespace Gateway.Tests.Hosting;

/// <summary>A timer of <see cref="TestClock"/>.</summary>
internal sealed class TestTimer(TestClock clock, Action callback) : ITimer
{
    // Each tick may be a look at the database.
    private const int MostTicks = 60;

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

    /// <param name="target">Where the clock is on its way to.</param>
    public void Fire(DateTimeOffset target)
    {
        clock.Schedule(this, period > TimeSpan.Zero ? Next(target) : null);
        callback();
    }

    private DateTimeOffset? Next(DateTimeOffset target)
    {
        var left = (target - Due) / period - MostTicks;
        return Due + (left > 1 ? Math.Floor(left.Value) : 1) * period;
    }

    public void Dispose() => clock.Schedule(this, due: null);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
