using Gateway.Audit;
using Gateway.RememberMe;
using Gateway.Sessions;

namespace Gateway.Account;

/// <summary>Logs a visitor out of other browsers than the one before them. What was begun is ended, also when they don't wait for it.</summary>
internal sealed class RemoteLogout(SignedInBrowsers browsers, SessionIssuer issuer, BrowserForgetter forgetter, AuditTrail audit)
{
    private const string Reason = "ended by its user";

    /// <returns>What was ended; null when this visitor has no other browser with that handle.</returns>
    public async Task<SignedInBrowser?> EndAsync(HttpContext context, Visitor visitor, string handle, CancellationToken cancellationToken)
    {
        var found = (await browsers.ListAsync(visitor.User, cancellationToken))
            .FirstOrDefault(browser => browser.IsNamed(handle) && !browser.Has(visitor.Session));
        if (found is null)
            return null;
        await EndAsync(visitor.User.Id, found, Reason);
        audit.Note(context, AuditEvent.ByUser(found.IsRemembered ? AuditActions.BrowserForgotten : AuditActions.SessionEnded, visitor.User.Id));
        return found;
    }

    public async Task EndOthersAsync(HttpContext context, Visitor visitor, CancellationToken cancellationToken)
    {
        var all = await browsers.ListAsync(visitor.User, cancellationToken);
        var others = all.Where(browser => !browser.Has(visitor.Session)).ToList();
        foreach (var browser in others)
            await EndAsync(visitor.User.Id, browser, Reason);
        // Somebody who copied the cookies of this one has a session of their own.
        foreach (var session in all.Except(others).SelectMany(browser => browser.Sessions).Where(session => session.Key != visitor.Session.Key))
            await issuer.EndAsync(session.Key, visitor.User.Id, Reason, CancellationToken.None);
        audit.Note(context, AuditEvent.ByUser(
            AuditActions.SessionsRevoked,
            visitor.User.Id,
            AuditDetail.Of(("others", true), ("browsers", others.Count(browser => browser.IsRemembered)), ("sessions", others.Sum(browser => browser.Sessions.Count)))));
    }

    /// <summary>Whoever wants it to end; it is for the caller to tell the trail.</summary>
    /// <param name="reason">For the log.</param>
    public Task EndAsync(string userId, SignedInBrowser browser, string reason) => browser.IsRemembered
        ? forgetter.ForgetAsync(browser.Id, userId, CancellationToken.None)
        : issuer.EndAsync(browser.Id, userId, reason, CancellationToken.None);
}
