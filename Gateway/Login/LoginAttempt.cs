using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Login;

/// <summary>One login: throttle → credential verifier → sign-in → remembered browser, if asked for.</summary>
internal sealed class LoginAttempt(
    AccountThrottle throttle,
    CredentialVerifier verifier,
    BrowserMemory memory,
    DatabaseWatch database,
    SessionSettings session,
    TimeProvider clock,
    GatewayMeter meter,
    ILogger<LoginAttempt> logger)
{
    /// <summary>The user who is signed in now, or null; why not is nobody's business but the log's.</summary>
    public async Task<KnownUser?> RunAsync(HttpContext context, LoginRequest login, CancellationToken cancellationToken)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        using var turn = await throttle.EnterAsync(login.Email, cancellationToken);
        if (!await throttle.AdmitAsync(login.Email, cancellationToken))
        {
            // The owner of the account doesn't wait for guesses that are refused in any case.
            turn.Dispose();
            await verifier.PretendAsync(login.Password, cancellationToken);
            return Refuse("locked");
        }

        if (await VerifyAsync(login, cancellationToken) is not { } user)
            return Refuse("unknown, wrong or disabled");

        await throttle.SucceededAsync(login.Email, cancellationToken);
        // It is decided: nobody waits for what this one has to write.
        turn.Dispose();
        if (!await SignInAsync(context, user, login.Remember, cancellationToken))
            return Refuse("disabled or changed at this moment");
        meter.LoggedIn();
        logger.LoggedIn(user.Id, address);
        return user;

        KnownUser? Refuse(string reason)
        {
            meter.LoginRefused();
            logger.LoginRefused(throttle.ShortNameOf(login.Email), address, reason);
            return null;
        }
    }

    // An attempt that nobody could decide is no failure of whoever made it.
    private async Task<KnownUser?> VerifyAsync(LoginRequest login, CancellationToken cancellationToken)
    {
        try
        {
            return await verifier.VerifyAsync(login.Email, login.Password, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            database.Failed(exception);
            await throttle.UndecidedAsync(login.Email, CancellationToken.None);
            throw;
        }
    }

    private async Task<bool> SignInAsync(HttpContext context, KnownUser user, bool remember, CancellationToken cancellationToken)
    {
        var earlier = context.User.Session();
        // What may fail comes first, and what can't be taken back comes last.
        var browser = remember ? await memory.PrepareAsync(context, user, cancellationToken) : null;
        if (!await BeginSessionAsync(context, user, browser))
            return false;

        // Whoever this browser was remembered for: it is this user's now, or nobody's.
        await memory.ForgetAsync(context, earlier, CancellationToken.None);
        if (browser is not null)
            memory.Give(context, browser);
        return true;
    }

    private async Task<bool> BeginSessionAsync(HttpContext context, KnownUser user, NewBrowser? browser)
    {
        var begun = false;
        try
        {
            var now = clock.GetUtcNow();
            var draft = Session.For(user, now, now + session.AbsoluteTimeout, restored: false, browser?.Id);
            await context.SignInAsync(SessionDefaults.Scheme, draft.ToPrincipal());
            begun = context.User.Session() is not null;
            return begun;
        }
        finally
        {
            if (!begun && browser is not null)
                await memory.ForgetAsync(browser, CancellationToken.None);
        }
    }
}
