using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login;

/// <summary>One login: waiting room → throttle → credential verifier → sign-in → remembered browser, if asked for.</summary>
internal sealed class LoginAttempt(
    WaitingRoom room,
    LoginQueue queue,
    LoginThrottle throttle,
    KnownBrowserCookie cookie,
    CredentialVerifier verifier,
    ILookupNormalizer normalizer,
    BrowserMemory memory,
    DatabaseWatch database,
    SessionSettings session,
    TimeProvider clock,
    GatewayMeter meter,
    LoginAudit audit,
    ILogger<LoginAttempt> logger)
{
    // A turn comes free many times a second.
    private static readonly TimeSpan UntilThereIsRoom = TimeSpan.FromSeconds(5);

    public async Task<LoginOutcome> RunAsync(HttpContext context, LoginRequest login, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(login.Email, normalizer);
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        var browser = cookie.Read(context, account);
        var (admission, user) = await CheckAsync(login, account, browser, address, cancellationToken);
        if (admission is null)
        {
            meter.LoginBusy();
            logger.LoginBusy(account.Short, address.ToString());
            audit.Throttled(context, login.Email, "busy");
            return await LaterAsync(UntilThereIsRoom, cancellationToken);
        }

        if (admission.Kind is AdmissionKind.AddressRefused)
        {
            meter.LoginRefusedByAddress();
            logger.AddressRefused(account.Short, address.ToString());
            audit.Throttled(context, login.Email, "address");
            return await LaterAsync(admission.RetryAfter, cancellationToken);
        }

        if (user is null)
            return Refuse(admission.Kind is AdmissionKind.Locked ? "locked" : "unknown, wrong or disabled");
        await throttle.SucceededAsync(admission, cancellationToken);
        var replaces = context.User.Session() is not null;
        if (!await SignInAsync(context, user, login.Remember, cancellationToken))
            return Refuse("disabled or changed at this moment");

        if (admission.Kind is not AdmissionKind.KnownBrowser || browser is { IsOld: true })
            cookie.Write(context, account);
        meter.LoggedIn();
        logger.LoggedIn(user.Id, address.ToString());
        audit.Succeeded(context, user, login.Remember, replaces);
        return new LoginOutcome(user);

        LoginOutcome Refuse(string reason)
        {
            meter.LoginRefused();
            logger.LoginRefused(account.Short, address.ToString(), reason);
            audit.Refused(context, login.Email, isLocked: admission.Kind is AdmissionKind.Locked);
            return new LoginOutcome(null);
        }
    }

    // No admission: there are too many logins at this moment, and nothing was counted.
    private async Task<(Admission? Admission, KnownUser? User)> CheckAsync(
        LoginRequest login, AccountName account, KnownBrowser? browser, ClientAddress address, CancellationToken cancellationToken)
    {
        using var place = await room.EnterAsync(browser is null ? address.Hash : account.ToString(), browser is not null, cancellationToken);
        if (place is null)
            return default;
        using var turn = await queue.EnterAsync(account.ToString(), cancellationToken);
        var admission = await throttle.AdmitAsync(account, browser, address, cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
            return (admission, null);
        if (admission.Kind is not AdmissionKind.Locked)
            return (admission, await VerifyAsync(login, admission, cancellationToken));

        // The owner of the account doesn't wait for guesses that are refused in any case.
        turn.Dispose();
        // Beside the hashing, so that it takes no time of its own.
        await Task.WhenAll(
            throttle.ForgiveAddressAsync(admission, cancellationToken),
            verifier.VerifyAsync(login.Email, login.Password, inVain: true, cancellationToken));
        return (admission, null);
    }

    private async Task<KnownUser?> VerifyAsync(LoginRequest login, Admission admission, CancellationToken cancellationToken)
    {
        try
        {
            return await verifier.VerifyAsync(login.Email, login.Password, inVain: false, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            database.Failed(exception);
            // Nobody guessed wrong. A visitor who leaves is no such case: they may have seen enough.
            await throttle.TakeBackAsync(admission, CancellationToken.None);
            throw;
        }
    }

    private async Task<LoginOutcome> LaterAsync(TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        await room.PauseAsync(cancellationToken);
        return new LoginOutcome(null, retryAfter);
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

/// <param name="User">Who is signed in now; null when nobody is. Why not is nobody's business but the log's.</param>
/// <param name="RetryAfter">Set when the password was not even looked at.</param>
internal sealed record LoginOutcome(KnownUser? User, TimeSpan? RetryAfter = null);
