using Gateway.Audit;
using Gateway.Login;
using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.StepUp;

namespace Gateway.Account;

/// <summary>
/// One change of a password by its user: check of the current one → new one → a new session, and a new remembering cookie where there
/// was one. The current one is guessed no faster here than at the login: whoever stole a session has not got the account.
/// </summary>
internal sealed class PasswordChange(Reauthentication reauthentication, PasswordSetter setter, SignIn signIn, ILogger<PasswordChange> logger)
{
    public async Task<PasswordOutcome> RunAsync(HttpContext context, Visitor visitor, string current, string wanted, CancellationToken cancellationToken)
    {
        var (userId, session) = (visitor.User.Id, visitor.Session);
        var outcome = await reauthentication.CheckAsync(context, session, current, AuditActions.UserPasswordRefused, cancellationToken);
        if (outcome.User is not { } proven)
            return new PasswordOutcome(outcome.IsLocked || outcome.RetryAfter is not null ? PasswordResult.TooMany : PasswordResult.Wrong, outcome.RetryAfter);

        // From here on a visitor who leaves has the new password all the same.
        var what = AuditEvent.ByUser(AuditActions.UserPasswordChanged, userId).From(context);
        var proofs = session.Proofs | Proofs.Password;
        if (await setter.SetAsync(proven, wanted, what, CancellationToken.None) is not { } changed
            || !await signIn.BeginAsync(context, changed, proofs, remember: session.Browser is not null, CancellationToken.None))
        {
            return new PasswordOutcome(PasswordResult.Overtaken);
        }

        logger.PasswordChanged(userId, ClientAddress.Of(context.Connection.RemoteIpAddress).ToString());
        return new PasswordOutcome(PasswordResult.Done);
    }
}

/// <param name="RetryAfter">How long to wait, where that is known.</param>
internal sealed record PasswordOutcome(PasswordResult Result, TimeSpan? RetryAfter = null);

internal enum PasswordResult
{
    Done,
    Wrong,
    TooMany,

    /// <summary>Somebody else decided about the user at the same moment.</summary>
    Overtaken,
}

/// <summary>Log events 1900 to 1949.</summary>
internal static partial class AccountLog
{
    [LoggerMessage(1900, LogLevel.Information, "User {UserId} changed their password from {Address}: all other sessions and remembered browsers are over")]
    public static partial void PasswordChanged(this ILogger logger, string userId, string address);
}
