using Gateway.Login;
using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary>The second half of a login.</summary>
internal sealed class FactorLogin(
    PendingLoginCookie cookie, UserDirectory directory, CodeAttempt attempt, FactorChanges changes, LoginAttempt login, WaitingRoom room)
{
    /// <summary>The login that waits in this browser, and its user; null when there is none, or it counts no more.</summary>
    public async Task<(PendingLogin Login, KnownUser User)?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (cookie.Read(context) is not { } pending)
            return null;
        var user = await directory.FindAsync(pending.UserId, cancellationToken);
        return pending.MayGoOnFor(user) ? (pending, user!) : null;
    }

    /// <summary>Signs in whoever shows a code that fits.</summary>
    public async Task<CodeVerdict> EnterAsync(HttpContext context, PendingLogin pending, KnownUser user, string code, CancellationToken cancellationToken)
    {
        var verdict = await attempt.RunAsync(context, user, code, cancellationToken);
        if (verdict.RetryAfter is not null)
            await room.PauseAsync(cancellationToken);
        if (verdict.Kind is null)
            return verdict;
        return await FinishAsync(context, user, pending, Proofs.Password | Proofs.Code, verdict.Admission, cancellationToken) ? verdict : new CodeVerdict(null);
    }

    /// <summary>Turns the second factor on, and signs in. Null when the user was disabled or changed at this moment.</summary>
    public async Task<EnabledFactor?> EnrolAsync(
        HttpContext context, PendingLogin pending, KnownUser user, byte[] secret, long step, CancellationToken cancellationToken)
    {
        if (await changes.EnableAsync(context, user, secret, step, cancellationToken) is not { } enabled
            || !await FinishAsync(context, enabled.User, pending, Proofs.Password | Proofs.Code, admission: null, cancellationToken))
            return null;
        await changes.ApplyAsync(user.Id, cancellationToken);
        return enabled;
    }

    /// <summary>Signs in whoever has shown more than the password. False when the user was disabled or changed at this moment.</summary>
    public async Task<bool> FinishAsync(
        HttpContext context, KnownUser user, PendingLogin pending, Proofs proofs, Admission? admission, CancellationToken cancellationToken)
    {
        var isIn = await login.FinishAsync(context, user, proofs, pending.Remember, admission, cancellationToken);
        cookie.Delete(context);
        return isIn;
    }
}
