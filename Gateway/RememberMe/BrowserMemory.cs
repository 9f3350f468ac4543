using Gateway.Audit;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>Remembers and forgets the browser of a request: its cookie and its row together.</summary>
internal sealed class BrowserMemory(
    RememberMeCookie cookie,
    RememberedBrowsers browsers,
    BrowserForgetter forgetter,
    RememberMeSettings settings,
    AuditTrail audit,
    ILogger<BrowserMemory> logger)
{
    /// <summary>
    /// A row for a browser that may be remembered, and the cookie that goes with it: to be given when the login is done, and to be
    /// forgotten when nothing comes of it. Null when remembering is turned off.
    /// </summary>
    public async Task<NewBrowser?> PrepareAsync(HttpContext context, KnownUser user, Proofs proofs, CancellationToken cancellationToken)
    {
        if (!settings.Enabled)
            return null;
        var token = RememberMeToken.New();
        var browser = new NewBrowser(token.BrowserId, user.Id, cookie.Sign(token));
        await browsers.AddAsync(token, user, proofs, context, cancellationToken);
        return browser;
    }

    public void Give(HttpContext context, NewBrowser browser)
    {
        cookie.Write(context, browser.Cookie);
        logger.BrowserRemembered(browser.UserId);
    }

    public Task ForgetAsync(NewBrowser browser, CancellationToken cancellationToken) =>
        forgetter.ForgetAsync(browser.Id, browser.UserId, cancellationToken);

    /// <summary>Forgets the browser of the request and, where the caller knows of it, the one that a session belongs to.</summary>
    public async Task ForgetAsync(HttpContext context, Session? session, CancellationToken cancellationToken)
    {
        if (session is { Browser: { } browserOfSession })
            Note(context, await forgetter.ForgetAsync(browserOfSession, session.UserId, cancellationToken));
        if (!cookie.IsPresent(context))
            return;
        if (cookie.TryRead(context, out var token))
            Note(context, await forgetter.ForgetAsync(token.BrowserId, userId: null, cancellationToken));
        // Last: where it could not be forgotten here, the browser must be able to try again.
        cookie.Delete(context);
    }

    // By whoever is signed in now: at a login that is another user, perhaps.
    private void Note(HttpContext context, string? owner)
    {
        if (owner is null)
            return;
        audit.Note(context, new AuditEvent
        {
            Action = AuditActions.BrowserForgotten,
            Actor = context.User.Session() is { } session ? AuditParty.User(session.UserId) : null,
            Subject = AuditParty.User(owner),
        });
    }
}

/// <param name="Cookie">The signed value.</param>
internal sealed record NewBrowser(string Id, string UserId, string Cookie);
