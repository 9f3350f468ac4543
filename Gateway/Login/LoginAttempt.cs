using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login;

/// <summary>One login: password → second factor, where there is one → sign-in → remembered browser, if asked for.</summary>
internal sealed class LoginAttempt(
    WaitingRoom room,
    PasswordCheck check,
    LoginThrottle throttle,
    KnownBrowserCookie cookie,
    ILookupNormalizer normalizer,
    LoginFactor factor,
    SignIn signIn,
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
        var (admission, user) = await check.RunAsync(login.Email, login.Password, account, browser, address, cancellationToken);
        if (admission is null)
        {
            meter.LoginBusy();
            logger.LoginBusy(account.Short, address.ToString());
            audit.Throttled(context, login.Email, "busy");
            return await LaterAsync(UntilThereIsRoom, cancellationToken);
        }

        if (admission.Kind is AdmissionKind.AddressRefused)
        {
            NoteAddress(context, account.Short, login.Email);
            return await LaterAsync(admission.RetryAfter, cancellationToken);
        }

        if (user is null)
            return Refuse(admission.Kind is AdmissionKind.Locked ? "locked" : "unknown, wrong or disabled");
        var (need, proofs) = await factor.CheckAsync(context, user, login.Code, cancellationToken);
        if (need is not FactorNeed.Nothing)
        {
            // The password was no guess, but it does not give the account its whole budget again: a code has to be guessed with it.
            if (login.Code is null || need is not FactorNeed.Factor)
                await throttle.TakeBackAsync(admission, cancellationToken);
            return new LoginOutcome(null, Needs: new(user, need));
        }

        await throttle.SucceededAsync(admission, cancellationToken);
        return await FinishAsync(context, user, proofs, login.Remember, admission, cancellationToken)
            ? new LoginOutcome(user)
            : Refuse("disabled or changed at this moment");

        LoginOutcome Refuse(string reason)
        {
            meter.LoginRefused();
            logger.LoginRefused(account.Short, address.ToString(), reason);
            audit.Refused(context, login.Email, isLocked: admission.Kind is AdmissionKind.Locked);
            return new LoginOutcome(null);
        }
    }

    /// <summary>Signs in whoever has shown all that is needed. False when the user was disabled or changed at this moment.</summary>
    /// <param name="admission">Of the last thing that was shown; absent when nothing could be guessed.</param>
    public async Task<bool> FinishAsync(
        HttpContext context, KnownUser user, Proofs proofs, bool remember, Admission? admission, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(user.Email, normalizer);
        var replaces = context.User.Session() is not null;
        if (!await signIn.BeginAsync(context, user, proofs, remember, cancellationToken))
            return false;

        if (admission is not { Kind: AdmissionKind.KnownBrowser } || cookie.Read(context, account) is { IsOld: true })
            cookie.Write(context, account);
        meter.LoggedIn();
        logger.LoggedIn(user.Id, ClientAddress.Of(context.Connection.RemoteIpAddress).ToString());
        audit.Succeeded(context, user, proofs, remember, replaces);
        return true;
    }

    /// <summary>
    /// One login by a passkey, which names no account. None can be guessed, but looking at one costs a question to the database, a row of
    /// the audit trail and more than a page, and so wrong ones count by their address.
    /// </summary>
    /// <param name="find">Whose passkey it is, if they may come in; null otherwise.</param>
    public async Task<LoginOutcome> RunPasskeyAsync(HttpContext context, bool remember, Func<Task<KnownUser?>> find, CancellationToken cancellationToken)
    {
        var admission = await throttle.AdmitAsync(ClientAddress.Of(context.Connection.RemoteIpAddress), cancellationToken);
        if (admission.Kind is AdmissionKind.AddressRefused)
        {
            NoteAddress(context, "by passkey", email: null);
            return await LaterAsync(admission.RetryAfter, cancellationToken);
        }

        KnownUser? user;
        try
        {
            user = await find();
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            // Nobody's was wrong.
            await throttle.ForgiveAddressAsync(admission, CancellationToken.None);
            throw;
        }

        if (user is null)
            return new LoginOutcome(null);
        await throttle.ForgiveAddressAsync(admission, cancellationToken);
        return new LoginOutcome(await FinishAsync(context, user, Proofs.Passkey, remember, admission: null, cancellationToken) ? user : null);
    }

    private void NoteAddress(HttpContext context, string account, string? email)
    {
        meter.LoginRefusedByAddress();
        logger.AddressRefused(account, ClientAddress.Of(context.Connection.RemoteIpAddress).ToString());
        audit.Throttled(context, email, "address");
    }

    private async Task<LoginOutcome> LaterAsync(TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        await room.PauseAsync(cancellationToken);
        return new LoginOutcome(null, retryAfter);
    }
}

/// <param name="User">Who is signed in now; null when nobody is. Why not is nobody's business but the log's.</param>
/// <param name="RetryAfter">Set when the password was not even looked at.</param>
/// <param name="Needs">Set when the password was right, and is not enough.</param>
/// <param name="IsLocked">Too many wrong ones came before it.</param>
internal sealed record LoginOutcome(KnownUser? User, TimeSpan? RetryAfter = null, LoginNeeds? Needs = null, bool IsLocked = false);

/// <param name="Need">More than nothing.</param>
internal sealed record LoginNeeds(KnownUser User, FactorNeed Need);
