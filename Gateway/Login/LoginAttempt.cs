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

        if (await verifier.VerifyAsync(login.Email, login.Password, cancellationToken) is not { } user)
            return Refuse("unknown, wrong or disabled");

        await throttle.SucceededAsync(login.Email, cancellationToken);
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

    private async Task<bool> SignInAsync(HttpContext context, KnownUser user, bool remember, CancellationToken cancellationToken)
    {
        // Whoever this browser was remembered for: it is this user's now, or nobody's.
        await memory.ForgetAsync(context, context.User.Session(), cancellationToken);
        var browser = remember ? await memory.RememberAsync(context, user, cancellationToken) : null;
        var now = clock.GetUtcNow();
        var draft = Session.For(user, now, now + session.AbsoluteTimeout, restored: false, browser);
        await context.SignInAsync(SessionDefaults.Scheme, draft.ToPrincipal());
        return context.User.Session() is not null;
    }
}
