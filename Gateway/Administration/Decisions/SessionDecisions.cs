using Gateway.Account;
using Gateway.Audit;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Administration.Decisions;

/// <summary>Ends a single session of a user, or has one of their browsers forgotten; here alone for commands and pages.</summary>
internal sealed class SessionDecisions(SignedInBrowsers browsers, RemoteLogout logout, SessionIssuer issuer, AuditedChange audited)
{
    private const string Reason = "ended by an administrator";

    /// <returns>What was ended; null when the user has no browser with that handle.</returns>
    /// <exception cref="StoreUnavailableException">Nobody can tell.</exception>
    public async Task<SignedInBrowser?> EndAsync(Decider by, KnownUser user, string handle, CancellationToken cancellationToken)
    {
        var found = (await browsers.ListAsync(user, cancellationToken)).FirstOrDefault(browser => browser.IsNamed(handle));
        if (found is null)
            return null;
        await TellAsync(by, found.IsRemembered ? AuditActions.BrowserForgotten : AuditActions.SessionEnded, user, cancellationToken);
        await logout.EndAsync(user.Id, found, Reason);
        return found;
    }

    /// <summary>One that a remembered browser has, too, which has another one at its next request then.</summary>
    /// <param name="name">As <see cref="SessionLog.Short"/> writes it.</param>
    /// <returns>What was ended; null when the user has no session of that name.</returns>
    /// <exception cref="StoreUnavailableException">Nobody can tell.</exception>
    public async Task<Session?> EndSessionAsync(Decider by, KnownUser user, string name, CancellationToken cancellationToken)
    {
        var found = (await browsers.ListAsync(user, cancellationToken))
            .SelectMany(browser => browser.Sessions)
            .FirstOrDefault(session => string.Equals(SessionLog.Short(session.Key), name, StringComparison.Ordinal));
        if (found is null)
            return null;
        await TellAsync(by, AuditActions.SessionEnded, user, cancellationToken);
        await issuer.EndAsync(found.Key, user.Id, Reason, CancellationToken.None);
        return found;
    }

    // First: what is written down is carried out, if need be later. The other way round it might be done and told nowhere.
    private Task TellAsync(Decider by, string action, KnownUser user, CancellationToken cancellationToken) =>
        audited.MakeAsync(() => Task.FromResult(by.Tell(action, user.Id)), cancellationToken);
}
