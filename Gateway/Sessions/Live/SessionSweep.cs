namespace Gateway.Sessions.Live;

/// <summary>Looks after the sessions of all requests that have been running for more than a moment.</summary>
internal sealed class SessionSweep(OpenRequests requests, SessionCheck check, TimeProvider clock, ILogger<SessionSweep> logger) : BackgroundService
{
    // So many questions at a time: thousands of open sockets must not crowd out the requests of everybody else.
    private const int AtOnce = 16;

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
        await Parallel.ForEachAsync(requests.BySession(), options, async (open, token) =>
        {
            if (!await check.CheckAsync(open, token))
                Interlocked.Increment(ref unanswered);
        });
        // Once for an outage, and not at each sweep of it.
        if (unanswered > 0 && !told)
            logger.RequestsNotChecked(unanswered);
        told = unanswered > 0;
    }
}
