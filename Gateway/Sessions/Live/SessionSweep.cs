using System.Collections.Concurrent;

namespace Gateway.Sessions.Live;

/// <summary>Looks after the sessions of all requests that have been running for more than a moment.</summary>
internal sealed class SessionSweep(OpenRequests requests, SessionCheck check, TimeProvider clock, ILogger<SessionSweep> logger) : BackgroundService
{
    // So many questions at a time: thousands of open sockets must not crowd out the requests of everybody else.
    private const int AtOnce = 16;

    // One answer should not hold up the others on their way from Redis: a record has some hundred bytes.
    private const int Together = 100;

    private bool told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(check.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var unanswered = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var open = requests.BySession().ToLookup(SessionCheck.IsUnused);
        var alone = new ConcurrentQueue<SessionRequests>(open[false]);
        await Parallel.ForEachAsync(open[true].Chunk(Together), options, async (several, token) =>
        {
            foreach (var unknown in await check.FindUnknownAsync(several, token))
                alone.Enqueue(unknown);
        });
        await Parallel.ForEachAsync(alone, options, async (one, token) =>
        {
            if (!await check.CheckAsync(one, token))
                Interlocked.Increment(ref unanswered);
        });
        // Once for an outage, and not at each sweep of it.
        if (unanswered > 0 && !told)
            logger.RequestsNotChecked(unanswered);
        told = unanswered > 0;
    }
}
