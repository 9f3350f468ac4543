using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// Remembers that Redis is away, so that only the first questions of an outage wait for it. While it is open a probe of its own asks
/// whether Redis is back; no request does.
/// </summary>
internal sealed class RedisBreaker(TimeProvider clock, ILogger<RedisBreaker> logger) : IDisposable
{
    // One unanswered question may be a pause of this process or of Redis; three in a row are an outage.
    private const int Tolerated = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource end = new();
    private int failures;
    private int open;

    public bool IsOpen => Volatile.Read(ref open) == 1;

    public void Answered()
    {
        // Read first: this is the hot path, and all requests share the number.
        if (Volatile.Read(ref failures) != 0)
            Volatile.Write(ref failures, 0);
    }

    /// <param name="connectionLost">Nothing can be asked until there is a connection again: no second failure is waited for.</param>
    /// <param name="probe">Fails while Redis is away.</param>
    public void Failed(string servers, bool connectionLost, Func<Task> probe)
    {
        if (!connectionLost && Interlocked.Increment(ref failures) < Tolerated)
            return;
        if (Interlocked.Exchange(ref open, 1) == 1)
            return;
        logger.RedisAway(servers);
        _ = CloseAsync(servers, probe, end.Token);
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private async Task CloseAsync(string servers, Func<Task> probe, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (!await AnswersAsync(probe))
        {
            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
        }

        Volatile.Write(ref failures, 0);
        Volatile.Write(ref open, 0);
        logger.RedisBack(servers, clock.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<bool> AnswersAsync(Func<Task> probe)
    {
        try
        {
            await probe();
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }
}
