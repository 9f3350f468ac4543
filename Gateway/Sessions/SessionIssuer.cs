using Gateway.Operations;
using Gateway.Users;

namespace Gateway.Sessions;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionIssuer(
    ISessionStore store,
    SessionCache cache,
    SessionReconciler reconciler,
    PendingEnds pending,
    GatewayMeter meter,
    ILogger<SessionIssuer> logger)
{
    /// <summary>
    /// The session as it now is in the store: the draft, or the one that somebody else began under the same id. Null when the user
    /// may not have it any more.
    /// </summary>
    public async Task<Session?> BeginAsync(Session draft, CancellationToken cancellationToken) =>
        (await BeginAsync(draft, () => reconciler.FindUserAsync(draft.UserId, cancellationToken), cancellationToken)).Session;

    /// <param name="find">The user as they are once the session is in the store; null when nobody may have it any more.</param>
    public async Task<(Session? Session, bool IsNew)> BeginAsync(Session draft, Func<Task<KnownUser?>> find, CancellationToken cancellationToken)
    {
        var (isNew, session) = await store.CreateAsync(draft, cancellationToken);
        if (isNew)
        {
            meter.SessionBegan(draft.Restored);
            logger.SessionBegan(SessionLog.Short(draft.Key), draft.UserId, draft.Restored);
        }

        try
        {
            session ??= (await store.PeekAsync(draft.Key, cancellationToken))?.Session;
            // The user may have been disabled or changed since they were read. Whoever did that ended the sessions there were at
            // that moment: either they saw this one, or this look sees what they wrote.
            return (session is null ? null : await reconciler.ReconcileAsync(session, await find(), cancellationToken), isNew);
        }
        catch when (isNew)
        {
            // Nobody will ever have its cookie.
            await EndAsync(draft.Key, draft.UserId, "it could not be confirmed", CancellationToken.None);
            throw;
        }
    }

    /// <summary>Whether it has not ended, by what the store says now.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be asked.</exception>
    public async Task<bool> IsThereAsync(Session session, CancellationToken cancellationToken) =>
        !pending.Has(session) && await store.PeekAsync(session.Key, cancellationToken) is not null;

    /// <summary>Ends a session: at once, or when the store is back.</summary>
    /// <param name="userId">The owner where the caller knows one; otherwise the record tells.</param>
    /// <exception cref="StoreUnavailableException">Too many wait for the store already.</exception>
    public Task EndAsync(string key, string? userId, string reason, CancellationToken cancellationToken) =>
        EndOrWaitAsync(new PendingEnd(key, userId, IsBrowser: false, reason), cancellationToken);

    /// <summary>Ends all sessions of a remembered browser: at once, or when the store is back.</summary>
    /// <exception cref="StoreUnavailableException">Too many wait for the store already.</exception>
    public Task EndBrowserAsync(string browserId, string userId, string reason, CancellationToken cancellationToken) =>
        EndOrWaitAsync(new PendingEnd(browserId, userId, IsBrowser: true, reason), cancellationToken);

    /// <exception cref="StoreUnavailableException">The store can't be asked.</exception>
    public async Task EndAsync(PendingEnd end, CancellationToken cancellationToken)
    {
        if (!end.IsBrowser)
        {
            await EndNowAsync(end.Name, end.UserId, end.Reason, cancellationToken);
            return;
        }

        foreach (var live in await store.ListAsync(end.UserId!, cancellationToken))
        {
            if (string.Equals(live.Session.Browser, end.Name, StringComparison.Ordinal))
                await EndNowAsync(live.Session.Key, end.UserId, end.Reason, cancellationToken);
        }
    }

    private async Task EndOrWaitAsync(PendingEnd end, CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync(end, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            if (!pending.TryAdd(end))
                throw;
        }
    }

    private async Task EndNowAsync(string key, string? userId, string reason, CancellationToken cancellationToken)
    {
        var owner = userId;
        try
        {
            owner = (await store.PeekAsync(key, cancellationToken))?.Session.UserId ?? userId;
            if (owner is null || !await store.RemoveAsync(key, owner, cancellationToken))
                return;
            meter.SessionEnded();
            logger.SessionEnded(SessionLog.Short(key), owner, reason);
        }
        finally
        {
            // At once: this node's own announcement comes back to it a moment after the visitor has the answer.
            if (owner is null)
                cache.Forget(key);
            else
                cache.Drop(key);
        }
    }
}
