using Gateway.Audit;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>
/// Restores the session of a remembered browser. However many requests ask at once, on however many nodes, they end in one session:
/// they agree on a nonce through the session store, and the id follows from the nonce and the secret that only the browser has. So
/// nobody waits for a lock, the store never learns an id, and a browser that lost the answer can simply ask again.
/// </summary>
internal sealed class SessionRestorer(
    BrowserRecognition browsers,
    RestoreAgreement agreement,
    SessionIssuer issuer,
    SessionCookie cookie,
    SessionSettings settings,
    TimeProvider clock,
    AuditTrail audit,
    ILogger<SessionRestorer> logger)
{
    public async Task RestoreAsync(HttpContext context, RememberMeToken token, CancellationToken cancellationToken)
    {
        var found = await browsers.FindAsync(token, cancellationToken);
        var (agreed, id) = found is null ? default : await agreement.OnIdAsync(token, cancellationToken);
        if (found is null || !agreed)
        {
            logger.BrowserNotRecognized();
            return;
        }

        // From here on nothing is cancelled: a session whose request went away must be confirmed or ended, too. Logout wins: it deletes
        // the row first and the sessions after it. Either it saw this session, or this look sees no row. No cookie is deleted then: the
        // browser may have got a newer one in the meantime.
        var (session, isNew) = await issuer.BeginAsync(
            found.Draft(clock.GetUtcNow(), settings) with { Key = id.Key },
            async () => (await browsers.FindAsync(token, CancellationToken.None))?.User,
            CancellationToken.None);
        if (session is null)
            return;
        cookie.Write(context, id);
        context.User = session.ToPrincipal();
        if (isNew)
            audit.Note(context, AuditEvent.ByUser(AuditActions.SessionRestored, session.UserId));
    }
}
