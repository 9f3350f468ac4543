namespace Gateway.Sessions;

/// <summary>Ends in the store what was ended while it was away.</summary>
internal sealed class PendingEndsWorker(SessionIssuer issuer, PendingEnds pending, RedisBreaker breaker, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!breaker.IsOpen)
                await TryEndAsync(stoppingToken);
        }
    }

    private async Task TryEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var end in pending.All)
            {
                await issuer.EndAsync(end, cancellationToken);
                pending.Done(end);
            }
        }
        catch (StoreUnavailableException)
        {
            // Away again: the rest waits for the next time.
        }
    }
}
