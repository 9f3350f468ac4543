using Gateway.Audit;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary>What a login needs whose password was right.</summary>
internal sealed class LoginFactor(FactorPolicy policy, FactorStore store, CodeAttempt attempt, AuditTrail audit)
{
    /// <summary>What is still needed, and what was shown so far.</summary>
    /// <param name="code">Sent with the password, by a program.</param>
    public async Task<(FactorNeed Need, Proofs Proofs)> CheckAsync(
        HttpContext context, KnownUser user, string? code, CancellationToken cancellationToken)
    {
        var need = policy.NeedOf(user);
        if (need is FactorNeed.Nothing)
            return (need, Proofs.Password);
        if (need is FactorNeed.Factor && code is not null)
        {
            if (await store.AcceptAsync(user.Id, code, cancellationToken) is not null)
                return (FactorNeed.Nothing, Proofs.Password | Proofs.Code);
            attempt.Refused(context, user, "wrong, or used before");
            return (need, Proofs.Password);
        }

        if (need is FactorNeed.Enrolment && (await store.MeansOfAsync(user, cancellationToken)).Passkey)
            need = FactorNeed.Passkey;
        // Nobody knows yet whether this is the user; that their password is known to somebody is worth a line.
        audit.Note(context, new AuditEvent { Action = AuditActions.SecondFactorAsked, Subject = AuditParty.User(user.Id) });
        return (need, Proofs.Password);
    }
}
