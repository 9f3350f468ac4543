using Gateway.Login.Throttle;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Login;

/// <summary>Begins the session of a visitor who has shown who they are, always under a new id.</summary>
internal sealed class SignIn(BrowserMemory memory, RememberedBrowsers browsers, SessionIssuer issuer, SessionSettings settings, TimeProvider clock)
{
    /// <summary>After a login. False when the user was disabled or changed at this moment.</summary>
    /// <param name="remember">The visitor wants this browser to be remembered.</param>
    public async Task<bool> BeginAsync(HttpContext context, KnownUser user, Proofs proofs, bool remember, CancellationToken cancellationToken)
    {
        var earlier = context.User.Session();
        // What may fail comes first, and what can't be taken back comes last.
        var browser = remember ? await memory.PrepareAsync(context, user, proofs, cancellationToken) : null;
        if (!await BeginSessionAsync(context, user, proofs, browser))
            return false;

        // Whoever this browser was remembered for: it is this user's now, or nobody's.
        await memory.ForgetAsync(context, earlier, CancellationToken.None);
        if (browser is not null)
            memory.Give(context, browser);
        return true;
    }

    /// <summary>
    /// In place of a session whose visitor has shown more. It ends when that one would have, and its browser stays remembered, with what
    /// was shown but with the time of its own password. False when that session has ended, or the user was disabled or changed at this moment.
    /// </summary>
    /// <param name="user">As they are now; to be one for whom the session might go on, or who has changed themselves by this very request.</param>
    /// <param name="isFresh">What was shown is the password or a passkey.</param>
    public async Task<bool> RaiseAsync(
        HttpContext context, KnownUser user, Session earlier, Proofs shown, bool isFresh, CancellationToken cancellationToken)
    {
        // What was shown may have been on its way for minutes; who has logged out since then stays logged out. Of who has just changed
        // themselves, all earlier sessions end at any moment.
        var isChanged = !string.Equals(user.Stamp, earlier.Stamp, StringComparison.Ordinal);
        if (!isChanged && !await issuer.IsThereAsync(earlier, cancellationToken))
            return false;

        var now = clock.GetUtcNow();
        var proofs = earlier.Proofs | shown;
        if (earlier.Browser is { } browser && (isChanged || proofs != earlier.Proofs))
            await browsers.ProveAsync(browser, user, proofs, cancellationToken);
        var draft = Session.For(user, now, earlier.ExpiresAt, restored: earlier.Restored && !isFresh, earlier.Browser) with
        {
            Proofs = proofs,
            AuthenticatedAt = isFresh ? now : earlier.AuthenticatedAt,
            Address = earlier.Address,
            Agent = earlier.Agent,
        };
        await context.SignInAsync(SessionDefaults.Scheme, draft.ToPrincipal());
        // The one that came by cookie has ended; this may have been restored since.
        await issuer.EndAsync(earlier.Key, earlier.UserId, "replaced at sign-in", CancellationToken.None);
        return context.User.Session() is not null;
    }

    private async Task<bool> BeginSessionAsync(HttpContext context, KnownUser user, Proofs proofs, NewBrowser? browser)
    {
        var begun = false;
        try
        {
            await context.SignInAsync(SessionDefaults.Scheme, Draft(context, user, proofs, browser).ToPrincipal());
            begun = context.User.Session() is not null;
            return begun;
        }
        finally
        {
            if (!begun && browser is not null)
                await memory.ForgetAsync(browser, CancellationToken.None);
        }
    }

    private Session Draft(HttpContext context, KnownUser user, Proofs proofs, NewBrowser? browser)
    {
        var now = clock.GetUtcNow();
        var draft = Session.For(user, now, now + settings.AbsoluteTimeout, restored: false, browser?.Id) with { Proofs = proofs };
        if (browser is not null)
            return draft;
        return draft with
        {
            Address = ClientAddress.Of(context.Connection.RemoteIpAddress).ToString(),
            Agent = AgentName.Of(context.Request.Headers.UserAgent)?.Short,
        };
    }
}
