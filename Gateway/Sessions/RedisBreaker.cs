namespace Gateway.Sessions;

/// <summary>
/// Remembers that Redis is away, so that only the first questions of an outage wait for it, or that it refuses to write. Until that is
/// over a probe of its own asks whether it is; no request does.
/// </summary>
internal sealed class RedisBreaker(TimeProvider clock, ILogger<RedisBreaker> logger) : IDisposable
{
    // One unanswered question may be a pause of this process or of Redis; three in a row are an outage.
    private const int Tolerated = 3;

    // A memory that is about to be full takes some writes and others not.
    private const int WritesBelieved = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource end = new();
    private int failures;
    private int open;
    private int refusal;
    private int partial;

    /// <summary>Redis is away: nothing is to be asked.</summary>
    public bool IsOpen => Volatile.Read(ref open) == 1;

    /// <summary>What Redis refuses at the moment: writes, growth or nothing.</summary>
    public RedisRefusal Refusal => (RedisRefusal)Volatile.Read(ref refusal);

    public void Answered()
    {
        // Read first: this is the hot path, and all requests share the number.
        if (Volatile.Read(ref failures) != 0)
            Volatile.Write(ref failures, 0);
    }

    /// <param name="connectionLost">Nothing can be asked until there is a connection again: no second failure is waited for.</param>
    /// <param name="probe">Fails while Redis is away; told for how long it has been.</param>
    public void Failed(string servers, bool connectionLost, Func<TimeSpan, Task> probe)
    {
        if (!connectionLost && Interlocked.Increment(ref failures) < Tolerated)
            return;
        if (Interlocked.Exchange(ref open, 1) == 1)
            return;
        logger.RedisAway(servers);
        _ = CloseAsync(servers, probe);
    }

    /// <summary>A part of a cluster is away. The rest is asked as ever, so that nothing is kept from being asked. True for the first failure.</summary>
    /// <param name="probe">Fails while that part is away.</param>
    public bool PartlyFailed(string servers, Func<Task> probe)
    {
        if (Interlocked.Exchange(ref partial, 1) == 1)
            return false;
        logger.RedisPartlyAway(servers);
        _ = CompleteAsync(servers, probe);
        return true;
    }

    /// <summary>True for the first refusal.</summary>
    /// <param name="probe">Fails while Redis refuses to write.</param>
    public bool Refused(RedisRefusal what, string servers, string reason, Func<Task> probe)
    {
        var earlier = (RedisRefusal)Interlocked.Exchange(ref refusal, (int)what);
        if (earlier is not RedisRefusal.None)
            return false;
        logger.RedisRefusesWrites(servers, reason);
        _ = WriteAgainAsync(servers, probe);
        return true;
    }

    public void Dispose()
    {
        // Disposed with the connection, and by whoever made both.
        if (end.IsCancellationRequested)
            return;
        end.Cancel();
        end.Dispose();
    }

    private async Task CloseAsync(string servers, Func<TimeSpan, Task> probe)
    {
        var start = clock.GetTimestamp();
        if (!await SucceedsAsync(() => probe(clock.GetElapsedTime(start)), times: 1, end.Token))
            return;
        Volatile.Write(ref failures, 0);
        Volatile.Write(ref open, 0);
        logger.RedisBack(servers, clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task CompleteAsync(string servers, Func<Task> probe)
    {
        var start = clock.GetTimestamp();
        if (!await SucceedsAsync(probe, times: 1, end.Token))
            return;
        Volatile.Write(ref partial, 0);
        logger.RedisComplete(servers, clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task WriteAgainAsync(string servers, Func<Task> probe)
    {
        var start = clock.GetTimestamp();
        if (!await SucceedsAsync(probe, WritesBelieved, end.Token))
            return;
        Volatile.Write(ref refusal, (int)RedisRefusal.None);
        logger.RedisWritesAgain(servers, clock.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Returns when the probe succeeded so many times in a row; false at the end of this process.</summary>
    private async Task<bool> SucceedsAsync(Func<Task> probe, int times, CancellationToken cancellationToken)
    {
        for (var successes = 0; ;)
        {
            successes = await AnswersAsync(probe) ? successes + 1 : 0;
            if (successes == times)
                return true;
            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return false;
        }
    }

    private async Task<bool> AnswersAsync(Func<Task> probe)
    {
        try
        {
            await probe().WaitAsync(RedisOptions.Lost, clock);
            return true;
        }
        catch (Exception)
        {
            // Whatever it is: a probe that ended would leave the breaker open for good.
            return false;
        }
    }
}
