using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>Remembers and forgets the browser of a request: its cookie and its row together.</summary>
internal sealed class BrowserMemory(
    RememberMeCookie cookie,
    RememberedBrowsers browsers,
    OutageCopies copies,
    SessionIssuer issuer,
    RememberMeSettings settings,
    ILogger<BrowserMemory> logger)
{
    /// <summary>The id of the new row; null when remembering is turned off.</summary>
    public async Task<string?> RememberAsync(HttpContext context, KnownUser user, CancellationToken cancellationToken)
    {
        if (!settings.Enabled)
            return null;
        var token = RememberMeToken.New();
        await browsers.AddAsync(token, user, context, cancellationToken);
        cookie.Write(context, token);
        logger.BrowserRemembered(user.Id);
        return token.BrowserId;
    }

    /// <summary>Forgets the browser of the request and, where the caller knows of it, the one that a session belongs to.</summary>
    public async Task ForgetAsync(HttpContext context, Session? session, CancellationToken cancellationToken)
    {
        if (session is { Browser: { } browserOfSession })
            await ForgetAsync(browserOfSession, session.UserId, cancellationToken);
        if (!cookie.IsPresent(context))
            return;
        if (cookie.TryRead(context, out var token) && await browsers.OwnerOfAsync(token, cancellationToken) is { } owner)
            await ForgetAsync(token.BrowserId, owner, cancellationToken);
        // Last: where it could not be forgotten here, the browser must be able to try again.
        cookie.Delete(context);
    }

    // The row before the sessions: a request that restores one at this moment looks for the row once more afterwards. And every
    // session of this browser, because the visitor's may be on its way in an answer that has not arrived yet.
    private async Task ForgetAsync(string browserId, string userId, CancellationToken cancellationToken)
    {
        await browsers.RemoveAsync(browserId, cancellationToken);
        copies.Drop(browserId);
        await issuer.EndBrowserAsync(browserId, userId, "its browser was forgotten", cancellationToken);
    }
}
