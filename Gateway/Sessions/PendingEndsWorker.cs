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
        foreach (var end in pending.All)
        {
            try
            {
                await issuer.EndAsync(end, cancellationToken);
                pending.Done(end);
            }
            catch (StoreUnavailableException) when (breaker.IsOpen || breaker.Refusal is not RedisRefusal.None)
            {
                // Away again: the rest waits for the next time.
                return;
            }
            catch (StoreUnavailableException)
            {
                // Only this one, for what somebody else keeps under its names: no other waits for it.
            }
        }
    }
}
