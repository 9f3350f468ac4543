using Gateway.Audit;
using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login;

/// <summary>What the audit trail is told of logins.</summary>
internal sealed class LoginAudit(AuditTrail trail, AuditPace pace, ILookupNormalizer normalizer)
{
    /// <param name="replaces">The browser had a session already, which ended.</param>
    public void Succeeded(HttpContext context, KnownUser user, Proofs proofs, bool remember, bool replaces) => trail.Note(
        context,
        AuditEvent.ByUser(AuditActions.LoginSucceeded, user.Id, AuditDetail.Of(
            ("remember", remember ? true : null),
            ("replaces", replaces ? true : null),
            ("proofs", ProofNames.Write(proofs)))));

    public void Refused(HttpContext context, string email, bool isLocked) => trail.Note(
        context,
        new AuditEvent { Action = isLocked ? AuditActions.LoginLocked : AuditActions.LoginRefused, TypedAccount = Account(email) });

    /// <param name="email">As it was typed; absent where nobody types any.</param>
    /// <param name="reason">What there was too much of.</param>
    public void Throttled(HttpContext context, string? email, string reason)
    {
        if (pace.Allows(ClientAddress.Of(context.Connection.RemoteIpAddress).Hash))
        {
            trail.Note(
                context,
                new AuditEvent { Action = AuditActions.LoginThrottled, TypedAccount = email is null ? null : Account(email), Detail = AuditDetail.Of(("reason", reason)) });
        }
    }

    // Too long for an address it only has to be the same every time, and many of them may be waiting in memory.
    private string Account(string email) => email.Length <= EmailAddress.MaxLength
        ? normalizer.NormalizeEmail(email) ?? ""
        : AccountName.Of(email, normalizer).ToString();
}
