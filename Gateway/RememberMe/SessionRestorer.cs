using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>
/// Restores the session of a remembered browser. However many requests ask at once, on however many nodes, they end in one session:
/// they agree on a nonce through the session store, and the id follows from the nonce and the secret that only the browser has. So
/// nobody waits for a lock, the store never learns an id, and a browser that lost the answer can simply ask again.
/// </summary>
internal sealed class SessionRestorer(
    RememberedBrowsers browsers,
    ISessionStore store,
    SessionIssuer issuer,
    SessionCookie cookie,
    SessionSettings settings,
    TimeProvider clock,
    ILogger<SessionRestorer> logger)
{
    private static readonly TimeSpan LongestAgreement = TimeSpan.FromSeconds(10);

    public async Task RestoreAsync(HttpContext context, RememberMeToken token, CancellationToken cancellationToken)
    {
        if (await browsers.FindAsync(token, cancellationToken) is not { } found)
        {
            logger.BrowserNotRecognized();
            return;
        }

        var id = await AgreeOnIdAsync(token, cancellationToken);
        // From here on nothing is cancelled: a session whose request went away must be confirmed or ended, too.
        var session = await issuer.BeginAsync(found.Draft(clock.GetUtcNow(), settings) with { Key = id.Key }, CancellationToken.None);
        if (session is null || !await ConfirmAsync(session, token))
            return;
        cookie.Write(context, id);
        context.User = session.ToPrincipal();
    }

    // Logout wins: it deletes the row first and the sessions after it. Either it saw this session, or this look sees no row. No
    // cookie is deleted then: the browser may have got a newer one in the meantime.
    private async Task<bool> ConfirmAsync(Session session, RememberMeToken token)
    {
        var confirmed = false;
        try
        {
            confirmed = await browsers.FindAsync(token, CancellationToken.None) is not null;
            return confirmed;
        }
        finally
        {
            if (!confirmed)
                await issuer.EndAsync(session.Key, session.UserId, "its browser was forgotten", CancellationToken.None);
        }
    }

    private async Task<SessionId> AgreeOnIdAsync(RememberMeToken token, CancellationToken cancellationToken)
    {
        var nonce = await store.AgreeAsync(
            "restore:" + token.BrowserId,
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            Agreement(),
            cancellationToken);
        return SessionId.Derive(token.Secret, Base64Url.DecodeFromChars(nonce));
    }

    // Well under both timeouts: an agreement that outlived its session would bring the old id back.
    private TimeSpan Agreement()
    {
        var shortest = settings.IdleTimeout / 3;
        return shortest < LongestAgreement ? shortest : LongestAgreement;
    }
}
