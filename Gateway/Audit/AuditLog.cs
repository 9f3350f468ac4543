namespace Gateway.Audit;

/// <summary>Log events 1700 to 1799.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(1700, LogLevel.Information, "{At:yyyy-MM-ddTHH:mm:ss.fffZ} {Action} by {Actor} of {Subject} from {Address} with {UserAgent}: {Detail}")]
    public static partial void Audited(
        this ILogger logger, DateTime at, string action, string? actor, string? subject, string? address, string? userAgent, string? detail);

    [LoggerMessage(1701, LogLevel.Warning, "The audit trail can't be written, and waits in memory until it can: {Reason}")]
    public static partial void AuditWaits(this ILogger logger, string reason);

    [LoggerMessage(1702, LogLevel.Information, "The audit trail can be written again")]
    public static partial void AuditWritesAgain(this ILogger logger);

    [LoggerMessage(1703, LogLevel.Error, "{Count} events of the audit trail were lost: too many were waiting to be written, or the gateway ended")]
    public static partial void AuditLost(this ILogger logger, int count);

    [LoggerMessage(1704, LogLevel.Error, "Events of the audit trail could not be written")]
    public static partial void AuditFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1705, LogLevel.Warning, "Old events of the audit trail could not be removed, which will be tried again: {Reason}")]
    public static partial void AuditNotSwept(this ILogger logger, string reason);

    [LoggerMessage(1710, LogLevel.Warning, "The receiver at Gateway:Audit:Webhook:Url takes no events, and is tried again: {Reason}")]
    public static partial void WebhookFails(this ILogger logger, string reason);

    [LoggerMessage(1711, LogLevel.Information, "The receiver at Gateway:Audit:Webhook:Url takes events again")]
    public static partial void WebhookWorksAgain(this ILogger logger);
}
