namespace Gateway.Users;

/// <summary>Log events 1000 to 1099.</summary>
internal static partial class UserLog
{
    [LoggerMessage(1000, LogLevel.Information, "The password hash of user {UserId} was upgraded to the current cost")]
    public static partial void PasswordRehashed(this ILogger logger, string userId);

    [LoggerMessage(1002, LogLevel.Information, "The user database was brought up to date by {Count} migrations, the last one {Migration}")]
    public static partial void Migrated(this ILogger logger, int count, string migration);

    [LoggerMessage(1003, LogLevel.Warning, "A migration lock older than {Age} was left by a gateway that died, and was removed")]
    public static partial void StaleMigrationLockRemoved(this ILogger logger, TimeSpan age);

    [LoggerMessage(1004, LogLevel.Warning, "The user database can't be read: who has a session is served without it ({Reason})")]
    public static partial void DatabaseAway(this ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Information, "The user database can be read again, after {Seconds:0.0} seconds")]
    public static partial void DatabaseBack(this ILogger logger, double seconds);

    [LoggerMessage(1006, LogLevel.Warning, "The password hash of user {UserId} could not be upgraded, which the next login will try again: {Reason}")]
    public static partial void PasswordNotRehashed(this ILogger logger, string userId, string reason);
}
