namespace Gateway.Operations.Management;

/// <summary>Log events 1410 to 1419.</summary>
internal static partial class ManagementLog
{
    [LoggerMessage(1410, LogLevel.Information, "Management listens on {Url}")]
    public static partial void ManagementListens(this ILogger logger, Uri url);

    [LoggerMessage(1411, LogLevel.Warning, "Not ready: {Check}: {Reason}")]
    public static partial void CheckFailed(this ILogger logger, string check, string reason);

    [LoggerMessage(1412, LogLevel.Information, "Ready again: {Check}")]
    public static partial void CheckRecovered(this ILogger logger, string check);
}
