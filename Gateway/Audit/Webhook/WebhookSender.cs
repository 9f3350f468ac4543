using Gateway.Users;

namespace Gateway.Audit.Webhook;

/// <summary>
/// Sends the trail to the receiver, in order, each event at least once: it is read from the database, and counts as sent when the
/// receiver has said so. Of several nodes one sends at a time.
/// </summary>
internal sealed class WebhookSender(
    WebhookSettings settings, WebhookReceiver receiver, IServiceScopeFactory scopes, WriteTurns turns, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService
{
    private const int BatchSize = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly string node = Guid.NewGuid().ToString("N");
    private int failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.IsOn && !stoppingToken.IsCancellationRequested)
        {
            var outcome = await TrySendAsync(stoppingToken);
            if (outcome is not WebhookOutcome.MoreToSend)
                await Task.Delay(Pause(outcome), TimeProvider.System, stoppingToken);
        }
    }

    private TimeSpan Pause(WebhookOutcome outcome)
    {
        if (outcome is not WebhookOutcome.Failed)
            return Interval;
        var pause = Interval * Math.Pow(2, failures - 1);
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task<WebhookOutcome> TrySendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await SendAsync(scope.ServiceProvider, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(DatabaseFault.Is(exception) ? DatabaseFault.Reason(exception) : exception.ToString());
        }
    }

    private async Task<WebhookOutcome> SendAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<UserDatabase>();
        var cursor = await WebhookCursor.ReadAsync(database, cancellationToken);
        if (!cursor.MayBeTakenBy(node, clock.GetUtcNow()))
            return WebhookOutcome.NothingToDo;
        var events = await services.GetRequiredService<AuditQuery>().OldestAsync(new AuditFilter(), cursor.Sent, BatchSize, cancellationToken);
        if (events.Count == 0 || await WriteAsync(database, () => cursor.TryTakeAsync(database, node, clock.GetUtcNow(), cancellationToken)) is not { } taken)
            return WebhookOutcome.NothingToDo;

        string? failure = null;
        var sent = cursor.Sent;
        try
        {
            failure = await receiver.SendAsync(events, cancellationToken);
            sent = failure is null ? events[^1].Id : sent;
        }
        finally
        {
            // An answer is gone on with in a thread of the sockets, where nothing may block as SQLite does.
            await Task.Yield();
            await WriteAsync(database, () => taken.TryLeaveAsync(database, sent, CancellationToken.None));
        }

        if (failure is not null)
            return Failed(failure);
        if (failures > 0)
            logger.WebhookWorksAgain();
        failures = 0;
        return events.Count == BatchSize ? WebhookOutcome.MoreToSend : WebhookOutcome.NothingToDo;
    }

    private async Task<WebhookCursor?> WriteAsync(UserDatabase database, Func<Task<WebhookCursor?>> write)
    {
        WebhookCursor? written = null;
        await turns.WriteIfFreeAsync(database, async () => written = await write(), CancellationToken.None);
        return written;
    }

    private WebhookOutcome Failed(string reason)
    {
        if (failures == 0)
            logger.WebhookFails(reason);
        failures = Math.Min(failures + 1, 10);
        return WebhookOutcome.Failed;
    }
}

internal enum WebhookOutcome
{
    NothingToDo,
    MoreToSend,
    Failed,
}
