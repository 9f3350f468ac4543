namespace Gateway.RememberMe;

/// <summary>Deletes the rows of browsers that were forgotten while the user database took no writes.</summary>
internal sealed class PendingForgetsWorker(IServiceScopeFactory scopes, PendingForgets pending, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var forget in pending.All)
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<BrowserForgetter>().FinishAsync(forget, stoppingToken);
            }
        }
    }
}
