using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Account;

/// <summary>Finds where a user is logged in: in the session store and among the remembered browsers.</summary>
internal sealed class SignedInBrowsers(ISessionStore store, RememberedBrowsers remembered, SessionSettings settings)
{
    /// <summary>The one seen last first.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell.</exception>
    public async Task<IReadOnlyList<SignedInBrowser>> ListAsync(KnownUser user, CancellationToken cancellationToken)
    {
        var rows = await remembered.ListAsync(user, cancellationToken);
        var sessions = (await store.ListAsync(user.Id, cancellationToken))
            .Where(live => live.Session.MayGoOnFor(user))
            .ToLookup(live => live.Session.Browser, StringComparer.Ordinal);
        var known = rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var browsers = rows.Select(row => Of(row, [.. sessions[row.Id]]))
            // A row that is gone takes its sessions along in a moment; until then they are shown as what they are.
            .Concat(sessions.Where(ofBrowser => ofBrowser.Key is null || !known.Contains(ofBrowser.Key)).SelectMany(live => live).Select(Of));
        return [.. browsers.OrderByDescending(browser => browser.LastSeen ?? browser.Since)];
    }

    private SignedInBrowser Of(RememberedBrowser row, List<LiveSession> live) => new(
        row.Id,
        live.ConvertAll(one => one.Session),
        row.CreatedAt,
        live.Max(one => one.LastSeen(settings.IdleTimeout)),
        row.ExpiresAt,
        row.Address,
        AgentName.Of(row.UserAgent));

    private SignedInBrowser Of(LiveSession live) => new(
        live.Session.Key,
        [live.Session],
        live.Session.StartedAt,
        live.LastSeen(settings.IdleTimeout),
        RememberedUntil: null,
        live.Session.Address,
        AgentName.Of(live.Session.Agent));
}
