using System.Security.Claims;

namespace Gateway.Sessions;

/// <summary>Finds the principal of a session: in this node's copies, else in the store.</summary>
internal sealed class SessionReader(
    ISessionStore store, SessionCache cache, PendingEnds pending, PendingDecisions decisions, ILogger<SessionReader> logger)
{
    /// <exception cref="StoreUnavailableException">The store can't be asked, and this node doesn't know the session.</exception>
    public Task<ClaimsPrincipal?> FindAsync(string key, CancellationToken cancellationToken) => FindAsync(key, extends: true, cancellationToken);

    /// <summary>Reads without extending the session.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be asked, and this node doesn't know the session.</exception>
    public Task<ClaimsPrincipal?> PeekAsync(string key, CancellationToken cancellationToken) => FindAsync(key, extends: false, cancellationToken);

    private async Task<ClaimsPrincipal?> FindAsync(string key, bool extends, CancellationToken cancellationToken) =>
        pending.Has(key) ? null : AsDecided(await FindCopyOrAskAsync(key, extends, cancellationToken));

    // Ended or decided while the store could not be told: what it still says of the session is over, and so is this node's copy.
    private ClaimsPrincipal? AsDecided(ClaimsPrincipal? principal)
    {
        if (principal?.Session() is not { } session || pending.Has(session))
            return null;
        var decided = decisions.Apply(session);
        return ReferenceEquals(decided, session) ? principal : decided?.ToPrincipal();
    }

    private async Task<ClaimsPrincipal?> FindCopyOrAskAsync(string key, bool extends, CancellationToken cancellationToken)
    {
        if (cache.Find(key) is { } copy)
        {
            if (extends && cache.ClaimsRenewal(key))
                _ = RenewAsideAsync(key);
            return copy;
        }

        try
        {
            return extends ? await RenewAsync(key, cancellationToken) : await LookAsync(key, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            if (cache.FindDuringOutage(key, use: extends) is { } known)
                return known;
            if (exception.IsNews)
                logger.StoreUnavailable(exception.InnerException?.Message ?? exception.Message);
            throw;
        }
    }

    private async Task<ClaimsPrincipal?> RenewAsync(string key, CancellationToken cancellationToken)
    {
        var askedAt = cache.Now;
        var session = await store.RenewAsync(key, cancellationToken);
        if (session is null)
        {
            cache.Forget(key);
            return null;
        }

        var principal = session.ToPrincipal();
        cache.Keep(key, principal, askedAt);
        return principal;
    }

    private async Task<ClaimsPrincipal?> LookAsync(string key, CancellationToken cancellationToken)
    {
        var askedAt = cache.Now;
        var live = await store.PeekAsync(key, cancellationToken);
        if (live is null)
        {
            cache.Forget(key);
            return null;
        }

        var principal = live.Session.ToPrincipal();
        cache.KeepUnrenewed(live, principal, askedAt);
        return principal;
    }

    // No request waits for it.
    private async Task RenewAsideAsync(string key)
    {
        try
        {
            await RenewAsync(key, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The copy grows old, and then a request asks and says so.
        }
    }
}
