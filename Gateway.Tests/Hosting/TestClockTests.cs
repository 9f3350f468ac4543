namespace Gateway.Tests.Hosting;

public sealed class TestClockTests
{
    private readonly TestClock clock = new();

    [Fact]
    public void Time_passes_only_when_told()
    {
        var (before, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());

        clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(TimeSpan.FromMinutes(3), clock.GetUtcNow() - before);
        Assert.Equal(TimeSpan.FromMinutes(3), clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void A_periodic_timer_fires_at_each_of_its_moments()
    {
        var start = clock.GetUtcNow();
        var fired = new List<double>();
        using var timer = clock.CreateTimer(
            _ => fired.Add((clock.GetUtcNow() - start).TotalSeconds), state: null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));

        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([5, 15, 25], fired);
    }

    [Fact]
    public void A_timer_that_ticks_by_the_thousand_ticks_the_last_of_them()
    {
        var (start, ticks) = (clock.GetUtcNow(), new List<TimeSpan>());
        using var timer = clock.CreateTimer(_ => ticks.Add(clock.GetUtcNow() - start), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromSeconds(1), ticks[0]);
        Assert.Equal(Enumerable.Range(3540, 61).Select(second => TimeSpan.FromSeconds(second)), ticks[1..]);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(3601), ticks[^1]);
    }

    [Fact]
    public void A_disposed_or_stopped_timer_is_silent()
    {
        var fired = 0;
        using var stopped = clock.CreateTimer(_ => fired++, state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.CreateTimer(_ => fired++, state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task A_delay_and_a_timeout_follow_the_clock()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2), clock);
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);
        Assert.False(delay.IsCompleted);

        clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.False(timeout.IsCancellationRequested);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(timeout.IsCancellationRequested);
    }
}
