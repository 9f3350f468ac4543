using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Login;

/// <summary>One login: password check → sign-in, with a remembered browser if asked for.</summary>
internal sealed class LoginAttempt(
    PasswordCheck check, SignIn signIn, KnownBrowserCookie cookie, GatewayMeter meter, LoginAudit audit, ILogger<LoginAttempt> logger)
{
    public async Task<LoginOutcome> RunAsync(HttpContext context, LoginRequest login, CancellationToken cancellationToken)
    {
        var verdict = await check.RunAsync(context, login.Email, login.Password, cancellationToken);
        if (verdict.RetryAfter is { } wait)
            return Later(context, login, verdict, wait);
        if (verdict.User is not { } user)
            return Refuse(context, login, verdict, verdict.IsLocked ? "locked" : "unknown, wrong or disabled");
        var replaces = context.User.Session() is not null;
        if (!await signIn.RunAsync(context, user, login.Remember, cancellationToken))
            return Refuse(context, login, verdict, "disabled or changed at this moment");

        if (verdict is not { Admission.Kind: AdmissionKind.KnownBrowser, Browser.IsOld: false })
            cookie.Write(context, verdict.Account);
        meter.LoggedIn();
        logger.LoggedIn(user.Id, verdict.Address.ToString());
        audit.Succeeded(context, user, login.Remember, replaces);
        return new LoginOutcome(user);
    }

    private LoginOutcome Refuse(HttpContext context, LoginRequest login, PasswordVerdict verdict, string reason)
    {
        meter.LoginRefused();
        logger.LoginRefused(verdict.Account.Short, verdict.Address.ToString(), reason);
        audit.Refused(context, login.Email, verdict.IsLocked);
        return new LoginOutcome(null);
    }

    private LoginOutcome Later(HttpContext context, LoginRequest login, PasswordVerdict verdict, TimeSpan wait)
    {
        if (verdict.Admission is null)
        {
            meter.LoginBusy();
            logger.LoginBusy(verdict.Account.Short, verdict.Address.ToString());
        }
        else
        {
            meter.LoginRefusedByAddress();
            logger.AddressRefused(verdict.Account.Short, verdict.Address.ToString());
        }

        audit.Throttled(context, login.Email, verdict.Admission is null ? "busy" : "address");
        return new LoginOutcome(null, wait);
    }
}

/// <param name="User">Who is signed in now; null when nobody is. Why not is nobody's business but the log's.</param>
/// <param name="RetryAfter">Set when the password was not even looked at.</param>
internal sealed record LoginOutcome(KnownUser? User, TimeSpan? RetryAfter = null);
