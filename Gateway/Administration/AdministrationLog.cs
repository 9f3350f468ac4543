namespace Gateway.Administration;

/// <summary>Log events 2100 to 2149.</summary>
internal static partial class AdministrationLog
{
    [LoggerMessage(2100, LogLevel.Information, "The sessions in Redis are not counted: the user of the gateway has no right to SCAN")]
    public static partial void SessionsNotCountable(this ILogger logger);

    [LoggerMessage(2101, LogLevel.Warning, "The sessions in Redis could not be counted: {Reason}")]
    public static partial void SessionsNotCounted(this ILogger logger, string reason);
}
