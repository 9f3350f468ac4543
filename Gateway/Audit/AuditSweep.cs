using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Audit;

/// <summary>Removes events older than <c>Gateway:Audit:KeepFor</c>. Several nodes may do it at once.</summary>
internal sealed class AuditSweep(
    IServiceScopeFactory scopes, WriteTurns turns, AuditSettings settings, TimeProvider clock, ILogger<AuditSweep> logger) : BackgroundService
{
    // Others write meanwhile.
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                while (await SweepAsync(stoppingToken) == BatchSize)
                    await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.AuditNotSwept(DatabaseFault.Reason(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UserDatabase>();
        var oldest = clock.GetUtcNow() - settings.KeepFor;
        var old = database.Set<AuditEvent>().Where(what => what.At < oldest);
        // Nobody's turn is taken for nothing.
        if (!await old.AnyAsync(cancellationToken))
            return 0;
        var removed = 0;
        await turns.WriteIfFreeAsync(
            database,
            async () => removed = await old.OrderBy(what => what.At).Take(BatchSize).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
        return removed;
    }
}
