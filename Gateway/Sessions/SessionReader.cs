namespace Gateway.Sessions;

/// <summary>Finds the principal of a session: in this node's copies, else in the store.</summary>
internal sealed class SessionReader(
    ISessionStore store, SessionCache cache, PendingEnds pending, PendingDecisions decisions, ILogger<SessionReader> logger)
{
    /// <param name="extends">Whether the session's idle timeout begins anew.</param>
    /// <exception cref="StoreUnavailableException">The store can't be asked, and this node doesn't know the session.</exception>
    public ValueTask<SessionPrincipal?> FindAsync(string key, bool extends, CancellationToken cancellationToken)
    {
        if (pending.Has(key))
            return default;
        if (cache.Find(key) is not { } copy)
            return AskAsync(key, extends, cancellationToken);
        if (extends && cache.ClaimsRenewal(key))
            _ = RenewAsideAsync(key);
        return new ValueTask<SessionPrincipal?>(AsDecided(copy));
    }

    // Ended or decided while the store could not be told: what it still says of the session is over, and so is this node's copy.
    private SessionPrincipal? AsDecided(SessionPrincipal? principal)
    {
        if (principal?.Session is not { } session || pending.Has(session))
            return null;
        var decided = decisions.Apply(session);
        return ReferenceEquals(decided, session) ? principal : decided?.ToPrincipal();
    }

    private async ValueTask<SessionPrincipal?> AskAsync(string key, bool extends, CancellationToken cancellationToken)
    {
        var askedAt = cache.Now;
        try
        {
            return AsDecided(extends
                ? Renewed(key, await store.RenewAsync(key, cancellationToken), askedAt)
                : Seen(key, await store.PeekAsync(key, cancellationToken), askedAt));
        }
        catch (StoreUnavailableException exception)
        {
            if (cache.FindDuringOutage(key, use: extends) is { } known)
                return AsDecided(known);
            if (exception.IsNews)
                logger.StoreUnavailable(exception.Reason);
            throw;
        }
    }

    private SessionPrincipal? Renewed(string key, Session? session, long askedAt)
    {
        if (session is null)
        {
            cache.Forget(key);
            return null;
        }

        var principal = cache.PrincipalOf(session);
        cache.Keep(key, principal, askedAt);
        return principal;
    }

    private SessionPrincipal? Seen(string key, LiveSession? live, long askedAt)
    {
        if (live is null)
        {
            cache.Forget(key);
            return null;
        }

        var principal = cache.PrincipalOf(live.Session);
        cache.KeepUnrenewed(live, principal, askedAt);
        return principal;
    }

    // No request waits for it.
    private async Task RenewAsideAsync(string key)
    {
        var askedAt = cache.Now;
        try
        {
            Renewed(key, await store.RenewAsync(key, CancellationToken.None), askedAt);
        }
        catch (StoreUnavailableException)
        {
            // The copy grows old, and then a request asks and says so.
        }
    }
}
