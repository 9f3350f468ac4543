using System.Security.Claims;

namespace Gateway.Sessions;

/// <summary>Finds the principal of a session: in this node's copies, else in the store.</summary>
internal sealed class SessionReader(ISessionStore store, SessionCache cache, PendingEnds pending, ILogger<SessionReader> logger)
{
    /// <exception cref="StoreUnavailableException">The store can't be asked, and this node doesn't know the session.</exception>
    public async Task<ClaimsPrincipal?> FindAsync(string key, CancellationToken cancellationToken) =>
        pending.Has(key) ? null : Unended(await FindCopyOrAskAsync(key, cancellationToken));

    /// <summary>Reads without extending the session.</summary>
    public async Task<ClaimsPrincipal?> PeekAsync(string key, CancellationToken cancellationToken) =>
        pending.Has(key) ? null : Unended(await AskWithoutRenewingAsync(key, cancellationToken));

    // Ended here while the store was away: what it still says of the session is over, and so is this node's copy.
    private ClaimsPrincipal? Unended(ClaimsPrincipal? principal) =>
        principal?.Session() is { } session && pending.Has(session) ? null : principal;

    private async Task<ClaimsPrincipal?> FindCopyOrAskAsync(string key, CancellationToken cancellationToken)
    {
        if (cache.Find(key) is { } copy)
        {
            if (cache.ClaimsRenewal(key))
                _ = RenewAsideAsync(key);
            return copy;
        }

        try
        {
            return await AskAsync(key, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            if (cache.FindDuringOutage(key, use: true) is { } known)
                return known;
            if (exception.IsNews)
                logger.StoreUnavailable(exception.InnerException?.Message ?? exception.Message);
            throw;
        }
    }

    private async Task<ClaimsPrincipal?> AskAsync(string key, CancellationToken cancellationToken)
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

    // No request waits for it.
    private async Task RenewAsideAsync(string key)
    {
        try
        {
            await AskAsync(key, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The copy grows old, and then a request asks and says so.
        }
    }

    private async Task<ClaimsPrincipal?> AskWithoutRenewingAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.PeekAsync(key, cancellationToken))?.Session.ToPrincipal();
        }
        catch (StoreUnavailableException)
        {
            if (cache.FindDuringOutage(key, use: false) is { } known)
                return known;
            throw;
        }
    }
}
