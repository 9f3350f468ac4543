namespace Gateway.Passkeys;

/// <summary>Log events 1850 to 1899.</summary>
internal static partial class PasskeyLog
{
    [LoggerMessage(1850, LogLevel.Warning, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(this ILogger logger, string reason);

    [LoggerMessage(1851, LogLevel.Warning, "The counter of a passkey of user {UserId} was not written: {Reason}")]
    public static partial void PasskeyNotUpdated(this ILogger logger, string userId, string reason);
}
