using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Sessions;

/// <summary>
/// Follows the change log of the user database, so that what an operator decides holds on this node within seconds even when the
/// command that wrote it could reach neither Redis nor this process.
/// </summary>
internal sealed class UserChangeFollower(
    IServiceScopeFactory scopes,
    SessionReconciler reconciler,
    SessionSettings settings,
    WriteTurns turns,
    DatabaseWatch watch,
    TimeProvider clock,
    ILogger<UserChangeFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Transactions may become visible in another order than their ids were drawn; so far back a line may still turn up.
    private const int Overlap = 100;

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly HashSet<long> seen = [];

    // Not in the store yet.
    private readonly HashSet<long> held = [];
    private long last;
    private DateTimeOffset nextPrune;
    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await FollowAsync(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Tell(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UserDatabase>();
        var changes = database.Set<UserChange>();
        var oldest = clock.GetUtcNow() - settings.AbsoluteTimeout;
        var from = last - Overlap;
        var recent = await changes.AsNoTracking()
            .Where(change => change.Id > from && change.At >= oldest)
            .OrderBy(change => change.Id)
            .ToListAsync(cancellationToken);
        var unseen = recent.Where(change => !seen.Contains(change.Id)).GroupBy(change => change.UserId, StringComparer.Ordinal).ToList();
        // For all users before the store is asked for the first: while it is away, it would be asked for no other.
        foreach (var ofUser in unseen.Where(ofUser => ofUser.Any(change => !held.Contains(change.Id))))
        {
            await reconciler.HoldAsync(ofUser.Key, cancellationToken);
            held.UnionWith(ofUser.Select(change => change.Id));
        }

        foreach (var ofUser in unseen)
        {
            await reconciler.ReconcileAsync(ofUser.Key, cancellationToken);
            seen.UnionWith(ofUser.Select(change => change.Id));
        }

        // Only now: of a pass that failed half-way, the next one must see everything again.
        last = Math.Max(last, recent.Count == 0 ? 0 : recent[^1].Id);
        seen.RemoveWhere(id => id <= last - Overlap);
        held.Clear();
        // Last: a database that takes no writes is no reason not to follow it.
        if (clock.GetUtcNow() >= nextPrune)
            await PruneAsync(database, oldest, cancellationToken);
    }

    private async Task PruneAsync(UserDatabase database, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        nextPrune = clock.GetUtcNow() + PruneInterval;
        using var turn = await turns.EnterAsync(database, cancellationToken);
        await database.Set<UserChange>().Where(change => change.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    // Once: it is tried again every two seconds.
    private void Tell(Exception exception)
    {
        if (DatabaseFault.Is(exception))
            watch.Failed(exception);
        else if (!failing)
            logger.ChangesNotFollowed(exception.Message);
        failing = true;
    }
}
