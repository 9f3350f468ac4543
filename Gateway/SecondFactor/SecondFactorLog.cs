namespace Gateway.SecondFactor;

/// <summary>Log events 1800 to 1899.</summary>
internal static partial class SecondFactorLog
{
    [LoggerMessage(1800, LogLevel.Error, "The secret of user {UserId}'s authenticator app can't be read: its key is not in the key ring. Recovery codes work; users reset-factor takes it away")]
    public static partial void SecretUnreadable(this ILogger logger, string userId);

    [LoggerMessage(1801, LogLevel.Warning, "The code of user {UserId} from {Address} was refused: {Reason}")]
    public static partial void CodeRefused(this ILogger logger, string userId, string address, string reason);

    [LoggerMessage(1802, LogLevel.Information, "The second factor of user {UserId} was turned {State}")]
    public static partial void FactorChanged(this ILogger logger, string userId, string state);

    [LoggerMessage(1803, LogLevel.Information, "User {UserId} has entered the password again")]
    public static partial void Reauthenticated(this ILogger logger, string userId);

    [LoggerMessage(1804, LogLevel.Warning, "The password of user {UserId}, who is signed in, was refused from {Address}: {Reason}")]
    public static partial void PasswordRefused(this ILogger logger, string userId, string address, string reason);
}
