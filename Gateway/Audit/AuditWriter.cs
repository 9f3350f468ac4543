using Gateway.Users;

namespace Gateway.Audit;

/// <summary>
/// Writes what <see cref="AuditTrail"/> took down, many events at a time. While the database is away or locked it waits; when the
/// gateway ends, it writes what is there first.
/// </summary>
internal sealed class AuditWriter(
    AuditTrail trail, AuditSubjects subjects, AuditEcho echo, IServiceScopeFactory scopes, WriteTurns turns, ILogger<AuditWriter> logger)
    : BackgroundService
{
    private const int BatchSize = 500;
    private const int AttemptsAtTheEnd = 5;

    // Some commits a second, whoever comes. By the time of the world: nothing here depends on what the gateway's clock says.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UntilNextAttempt = TimeSpan.FromSeconds(1);

    private bool failing;

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        trail.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await trail.Waiting.WaitToReadAsync(CancellationToken.None))
        {
            await PauseAsync(Gathering, stoppingToken);
            await WriteAsync(Take(), stoppingToken);
        }

        TellOfLost(trail.TakeLost());
    }

    private List<AuditEvent> Take()
    {
        var batch = new List<AuditEvent>();
        // In the trail as well: a gap that nobody can see is worse than one that says how large it is. There may be no room to wait in line.
        if (trail.TakeLost() is > 0 and var lost)
        {
            TellOfLost(lost);
            if (trail.Stamp(new AuditEvent { Action = AuditActions.EventsLost, Detail = AuditDetail.Of(("count", lost)) }) is { } gap)
                batch.Add(gap);
        }

        while (batch.Count < BatchSize && trail.Waiting.TryRead(out var what))
            batch.Add(what);
        return batch;
    }

    private async Task WriteAsync(List<AuditEvent> batch, CancellationToken stoppingToken)
    {
        for (var last = 0; last < AttemptsAtTheEnd;)
        {
            try
            {
                await WriteNowAsync(batch);
                return;
            }
            catch (Exception exception) when (DatabaseFault.Is(exception))
            {
                TellOfWaiting(exception);
                await PauseAsync(UntilNextAttempt, stoppingToken);
                if (!stoppingToken.IsCancellationRequested)
                    continue;
                last++;
                await PauseAsync(Gathering, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // Nothing that waiting mends, and the events behind these must not wait for it.
                logger.AuditFailed(exception);
                break;
            }
        }

        trail.Lost(batch.Count);
    }

    private async Task WriteNowAsync(List<AuditEvent> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UserDatabase>();
        var events = await subjects.FindAsync(batch, database, CancellationToken.None);
        await turns.WriteIfFreeAsync(database, () => database.InsertAsync(events, CancellationToken.None), CancellationToken.None);
        echo.Tell(events);
        if (failing)
            logger.AuditWritesAgain();
        failing = false;
    }

    private void TellOfLost(int count)
    {
        if (count > 0)
            logger.AuditLost(count);
    }

    private void TellOfWaiting(Exception exception)
    {
        if (!failing)
            logger.AuditWaits(DatabaseFault.Reason(exception));
        failing = true;
    }

    private static async Task PauseAsync(TimeSpan length, CancellationToken stoppingToken) =>
        await Task.Delay(length, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
