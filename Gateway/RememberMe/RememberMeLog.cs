namespace Gateway.RememberMe;

/// <summary>Log events 1200 to 1299.</summary>
internal static partial class RememberMeLog
{
    [LoggerMessage(1200, LogLevel.Information, "A remember-me cookie was refused: it is malformed or not signed by this gateway")]
    public static partial void CookieRefused(this ILogger logger);

    [LoggerMessage(1201, LogLevel.Information, "A remembered browser was not recognized: forgotten, expired, or its user changed")]
    public static partial void BrowserNotRecognized(this ILogger logger);

    [LoggerMessage(1202, LogLevel.Warning, "A session could not be restored: {Reason}")]
    public static partial void RestoreFailed(this ILogger logger, string reason);

    [LoggerMessage(1203, LogLevel.Information, "A browser of user {UserId} is remembered")]
    public static partial void BrowserRemembered(this ILogger logger, string userId);

    [LoggerMessage(1204, LogLevel.Warning, "A browser was forgotten, and its row stays until the user database takes writes again: {Reason}")]
    public static partial void RowStays(this ILogger logger, string reason);
}
