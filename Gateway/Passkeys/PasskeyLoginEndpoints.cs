using Gateway.Audit;
using Gateway.Login;
using Gateway.Pages;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Passkeys;

/// <summary>A passkey instead of the password, as the second factor after it, and instead of entering it again.</summary>
internal sealed class PasskeyLoginEndpoints(GatewayPaths paths, SameOrigin origin, LoginEndpoints login, AuditTrail audit)
{
    /// <summary><c>POST /login/passkey</c>.</summary>
    public async Task<IResult> LogInAsync(
        HttpContext context, PasskeyCeremony ceremony, UserDirectory directory, LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        KnownUser? known = null;
        var outcome = await attempt.RunPasskeyAsync(context, remember: form["remember"].ToString() is "true", FindAsync, cancellationToken);
        if (outcome.RetryAfter is { } wait)
            return login.ShowPasskeyLater(context, form["returnUrl"], wait);
        if (outcome.User is not null)
            return PageResults.GoTo(context, ReturnAddress.Sanitize(form["returnUrl"], paths));
        audit.Note(context, new AuditEvent { Action = AuditActions.PasskeyRefused, Subject = known is null ? null : AuditParty.User(known.Id) });
        return login.ShowPasskeyRefused(context, form["returnUrl"]);

        async Task<KnownUser?> FindAsync()
        {
            var user = await ceremony.CheckAsync(context, PasskeyPurpose.Login, userId: null, form, cancellationToken);
            known = user is null ? null : await directory.FindAsync(user.Id, cancellationToken);
            // Another stamp than a moment ago: the passkey was removed since, or all that was opened with it ended.
            return known is { Disabled: false } && string.Equals(known.Stamp, KnownUser.StampOf(user!), StringComparison.Ordinal) ? known : null;
        }
    }

    /// <summary><c>POST /login/factor/passkey</c>.</summary>
    public async Task<IResult> GoOnAsync(HttpContext context, PasskeyCeremony ceremony, FactorLogin waiting, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        var returnAddress = ReturnAddress.Sanitize(form["returnUrl"], paths);
        if (await waiting.FindAsync(context, cancellationToken) is not var (pending, user))
            return PageResults.GoTo(context, ReturnAddress.ToLogin(paths, returnAddress));
        var isTheirs = await ceremony.CheckAsync(context, PasskeyPurpose.SecondFactor, user.Id, form, cancellationToken) is not null;
        if (isTheirs && await waiting.FinishAsync(context, user, pending, Proofs.Password | Proofs.Passkey, admission: null, cancellationToken))
            return PageResults.GoTo(context, returnAddress);
        audit.Note(context, new AuditEvent { Action = AuditActions.PasskeyRefused, Subject = AuditParty.User(user.Id) });
        return PageResults.GoTo(context, ReturnAddress.To(paths.LoginFactor, returnAddress));
    }

    /// <summary><c>POST /reauthenticate/passkey</c>: also for a route that asks for a second factor, which a passkey is.</summary>
    public async Task<IResult> ProveAgainAsync(
        HttpContext context, PasskeyCeremony ceremony, UserDirectory directory, SignIn signIn, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        var session = context.User.Session()!;
        var returnAddress = ReturnAddress.Sanitize(form["returnUrl"], paths);
        var isTheirs = await ceremony.CheckAsync(context, PasskeyPurpose.Reauthentication, session.UserId, form, cancellationToken) is not null;
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (!isTheirs || !session.MayGoOnFor(user) || !await signIn.RaiseAsync(context, user!, session, Proofs.Passkey, isFresh: true, cancellationToken))
        {
            audit.Note(context, AuditEvent.ByUser(AuditActions.ReauthenticationRefused, session.UserId));
            return PageResults.GoTo(context, ReturnAddress.To(paths.Reauthenticate, returnAddress));
        }

        audit.Note(context, AuditEvent.ByUser(AuditActions.Reauthenticated, session.UserId, AuditDetail.Of(("by", "passkey"))));
        return PageResults.GoTo(context, returnAddress);
    }
}
