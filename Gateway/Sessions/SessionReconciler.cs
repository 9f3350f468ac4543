using Gateway.Operations;
using Gateway.SecondFactor;
using Gateway.Users;

namespace Gateway.Sessions;

/// <summary>
/// Makes a user's sessions agree with the user: ends those that began under another stamp, whose user is disabled or gone, or that lack
/// a second factor which the user must have by now, and writes a changed name, address or role into the others. Can be repeated at will,
/// on any node, in any order.
/// </summary>
internal sealed class SessionReconciler(
    ISessionStore store,
    SessionCache cache,
    PendingDecisions decisions,
    FactorPolicy policy,
    IServiceScopeFactory scopes,
    GatewayMeter meter,
    ILogger<SessionReconciler> logger)
{
    public async Task ReconcileAsync(string userId, CancellationToken cancellationToken)
    {
        var sessions = await store.ListAsync(userId, cancellationToken);
        var user = sessions.Count == 0 ? null : await FindUserAsync(userId, cancellationToken);
        foreach (var live in sessions)
            await ReconcileAsync(live.Session, user, cancellationToken);
        decisions.Done(userId);
    }

    /// <summary>The same for one session; returns what it is now, or null when it is over.</summary>
    /// <param name="user">As they were when the session was there already.</param>
    public async Task<Session?> ReconcileAsync(Session session, KnownUser? user, CancellationToken cancellationToken)
    {
        if (WhyOver(session, user) is { } reason)
        {
            if (await store.RemoveAsync(session.Key, session.UserId, cancellationToken))
            {
                meter.SessionEnded();
                logger.SessionEnded(SessionLog.Short(session.Key), session.UserId, reason);
            }

            cache.Drop(session.Key);
            return null;
        }

        if (session.Describes(user!))
            return session;
        var described = session.Describing(user!);
        var updated = await store.UpdateAsync(described, cancellationToken);
        cache.Drop(session.Key);
        if (!updated)
            return null;
        logger.SessionUpdated(SessionLog.Short(session.Key), session.UserId);
        return described;
    }

    private string? WhyOver(Session session, KnownUser? user)
    {
        if (user is not { Disabled: false })
            return "user disabled or removed, or browser forgotten";
        if (!session.MayGoOnFor(user))
            return "revoked";
        return policy.IsSatisfiedBy(session.Proofs, user) ? null : "its user must have a second factor";
    }

    /// <summary>
    /// Holds this node to what the user is now, until the store agrees. To be done before the store is asked: it may be away, or take
    /// no writes, and requests are answered meanwhile.
    /// </summary>
    public async Task HoldAsync(string userId, CancellationToken cancellationToken)
    {
        var user = await FindUserAsync(userId, cancellationToken);
        decisions.Hold(userId, user);
        foreach (var copy in cache.Of(userId).Where(copy => !copy.MayGoOnFor(user) || !copy.Describes(user!)))
            cache.Drop(copy.Key);
    }

    public async Task<KnownUser?> FindUserAsync(string userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindAsync(userId, cancellationToken);
    }
}
