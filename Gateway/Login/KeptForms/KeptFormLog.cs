namespace Gateway.Login.KeptForms;

/// <summary>Log events 1310 to 1319.</summary>
internal static partial class KeptFormLog
{
    [LoggerMessage(1310, LogLevel.Information, "A form of {Size} bytes is kept while its visitor logs in")]
    public static partial void FormKept(this ILogger logger, int size);

    [LoggerMessage(1311, LogLevel.Information, "A form could not be kept: {Reason}")]
    public static partial void FormNotKept(this ILogger logger, string reason);

    [LoggerMessage(1312, LogLevel.Information, "User {UserId} sent a kept form")]
    public static partial void FormSent(this ILogger logger, string userId);
}
