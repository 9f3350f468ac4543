using Gateway.Audit;

namespace Gateway.Mail;

internal static class MailEvents
{
    /// <param name="userId">Whom it was for; absent when nobody had looked yet.</param>
    /// <param name="kind">As <see cref="Errand.Kind"/> says it.</param>
    public static AuditEvent Failed(string? userId, string kind, int attempts, string reason) => new()
    {
        Action = AuditActions.MailFailed,
        Subject = userId is null ? null : AuditParty.User(userId),
        Detail = AuditDetail.Of(("mail", kind), ("attempts", attempts), ("reason", reason)),
    };
}

/// <summary>Log events 1600 to 1649.</summary>
internal static partial class MailLog
{
    [LoggerMessage(1600, LogLevel.Information, "A mail to user {UserId} was sent: {Kind}")]
    public static partial void MailSent(this ILogger logger, string userId, string kind);

    [LoggerMessage(1601, LogLevel.Warning, "A mail could not be sent, and is tried again for some minutes ({Kind}): {Reason}")]
    public static partial void MailWaits(this ILogger logger, string kind, string reason);

    [LoggerMessage(1602, LogLevel.Error, "A mail to user {UserId} was given up after {Attempts} attempts ({Kind}): {Reason}")]
    public static partial void MailGivenUp(this ILogger logger, string userId, int attempts, string kind, string reason);

    [LoggerMessage(1603, LogLevel.Error, "A mail could not be written ({Kind})")]
    public static partial void MailBroken(this ILogger logger, string kind, Exception exception);
}
