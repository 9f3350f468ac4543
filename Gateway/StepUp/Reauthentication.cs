using Gateway.Audit;
using Gateway.Login;
using Gateway.Login.Throttle;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Gateway.StepUp;

/// <summary>
/// Somebody who is signed in enters their password once more. Wrong ones count as at a login: a stolen session is no place to guess at.
/// </summary>
internal sealed class Reauthentication(
    PasswordCheck check,
    LoginThrottle throttle,
    WaitingRoom room,
    KnownBrowserCookie cookie,
    ILookupNormalizer normalizer,
    SignIn signIn,
    AuditTrail audit,
    ILogger<Reauthentication> logger)
{
    private static readonly TimeSpan UntilThereIsRoom = TimeSpan.FromSeconds(5);

    /// <summary>Checks the password, and begins a session in place of this one in which it has just been entered.</summary>
    public async Task<LoginOutcome> RunAsync(HttpContext context, Session session, string password, CancellationToken cancellationToken)
    {
        var outcome = await CheckAsync(context, session, password, AuditActions.ReauthenticationRefused, cancellationToken);
        if (outcome.User is not { } user)
            return outcome;
        if (!await signIn.RaiseAsync(context, user, session, Proofs.Password, isFresh: true, cancellationToken))
            return new LoginOutcome(null);
        logger.Reauthenticated(user.Id);
        audit.Note(context, AuditEvent.ByUser(AuditActions.Reauthenticated, user.Id));
        return outcome;
    }

    /// <summary>Whether it is the password of the session's user, whose session may still go on.</summary>
    /// <param name="refused">What the audit trail calls it when it is not, or when nobody looked at it because the account is locked.</param>
    public async Task<LoginOutcome> CheckAsync(
        HttpContext context, Session session, string password, string refused, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(session.Email, normalizer);
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        var (admission, user) = await check.RunAsync(session.Email, password, account, cookie.Read(context, account), address, cancellationToken);
        if (admission is null or { Kind: AdmissionKind.AddressRefused })
        {
            logger.PasswordRefused(session.UserId, address.ToString(), admission is null ? "too many are waiting" : "too many failed from there");
            await room.PauseAsync(cancellationToken);
            return new LoginOutcome(null, admission?.RetryAfter ?? UntilThereIsRoom);
        }

        if (user is null || !string.Equals(user.Id, session.UserId, StringComparison.Ordinal) || !session.MayGoOnFor(user))
        {
            var reason = admission.Kind is AdmissionKind.Locked ? "the account is locked" : user is null ? "it is wrong" : "the user was changed meanwhile";
            logger.PasswordRefused(session.UserId, address.ToString(), reason);
            audit.Note(context, AuditEvent.ByUser(refused, session.UserId));
            return new LoginOutcome(null, IsLocked: admission.Kind is AdmissionKind.Locked);
        }

        // As at a login: wrong codes count with wrong passwords, and whoever has the password would guess them for ever if it gave any back.
        if (user.HasSecondFactor)
            await throttle.TakeBackAsync(admission, cancellationToken);
        else
            await throttle.SucceededAsync(admission, cancellationToken);
        return new LoginOutcome(user);
    }
}
