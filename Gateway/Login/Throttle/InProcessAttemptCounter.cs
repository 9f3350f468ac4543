using System.Collections.Concurrent;

namespace Gateway.Login.Throttle;

/// <summary>For one gateway without Redis.</summary>
internal sealed class InProcessAttemptCounter(TimeProvider clock) : IAttemptCounter
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.Ordinal);
    private DateTimeOffset nextSweep;

    public Task<AttemptCount> AddAsync(string name, int prolongTo, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var count = counts.AddOrUpdate(
            name,
            _ => new Count(1, now + window),
            (_, earlier) => earlier.Until <= now
                ? new Count(1, now + window)
                : new Count(earlier.Number + 1, earlier.Number < prolongTo ? now + window : earlier.Until));
        if (now >= nextSweep)
            Sweep(now);
        return Task.FromResult(new AttemptCount(count.Number, count.Until - now));
    }

    public Task TakeBackAsync(string name, CancellationToken cancellationToken)
    {
        while (counts.TryGetValue(name, out var count) && count.Number > 0)
        {
            if (counts.TryUpdate(name, count with { Number = count.Number - 1 }, count))
                break;
        }

        return Task.CompletedTask;
    }

    public Task ClearAsync(string name, CancellationToken cancellationToken)
    {
        counts.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task<AttemptCount?> LookAsync(string name, CancellationToken cancellationToken) => Task.FromResult(
        counts.TryGetValue(name, out var count) && count.Until - clock.GetUtcNow() is var left && left > TimeSpan.Zero
            ? new AttemptCount(count.Number, left)
            : null);

    private void Sweep(DateTimeOffset now)
    {
        nextSweep = now + SweepInterval;
        foreach (var entry in counts.Where(entry => entry.Value.Until <= now))
            counts.TryRemove(entry);
    }

    private sealed record Count(long Number, DateTimeOffset Until);
}
