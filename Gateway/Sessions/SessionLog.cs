using System.Text.RegularExpressions;

namespace Gateway.Sessions;

/// <summary>Log events 1100 to 1199. A session is named by the first 12 characters of its key, which nobody can log in with.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1100, LogLevel.Information, "Session {Session} of user {UserId} began (restored: {Restored})")]
    public static partial void SessionBegan(this ILogger logger, string session, string userId, bool restored);

    [LoggerMessage(1101, LogLevel.Information, "Session {Session} of user {UserId} was ended: {Reason}")]
    public static partial void SessionEnded(this ILogger logger, string session, string userId, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "The record of session {Session} was refused: it is malformed, or names another key than it was found under")]
    public static partial void RecordRefused(this ILogger logger, string session);

    [LoggerMessage(1111, LogLevel.Information, "A visitor has to log in: session {Session} is over (idle for too long, or ended), or never began")]
    public static partial void SessionNotThere(this ILogger logger, string session);

    [LoggerMessage(1103, LogLevel.Warning, "ConnectionStrings:Redis is empty: sessions live in this process and end with it")]
    public static partial void SessionsInProcess(this ILogger logger);

    [LoggerMessage(1104, LogLevel.Warning, "The session store can't be asked: {Reason}")]
    public static partial void StoreUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1105, LogLevel.Warning, "The log of user changes could not be followed, and will be tried again: {Reason}")]
    public static partial void ChangesNotFollowed(this ILogger logger, string reason);

    [LoggerMessage(1106, LogLevel.Information, "Session {Session} of user {UserId} took over the user's new name, address or roles")]
    public static partial void SessionUpdated(this ILogger logger, string session, string userId);

    [LoggerMessage(1107, LogLevel.Warning, "Redis at {Servers} (ConnectionStrings:Redis) sends no revocations: no copy of a session is trusted until it does")]
    public static partial void RevocationChannelDown(this ILogger logger, string servers);

    [LoggerMessage(1108, LogLevel.Information, "Redis at {Servers} sends revocations")]
    public static partial void RevocationChannelUp(this ILogger logger, string servers);

    [LoggerMessage(1109, LogLevel.Information, "{Count} running requests of session {Session} of user {UserId} were ended: {Reason}")]
    public static partial void RequestsAborted(this ILogger logger, int count, string session, string userId, string reason);

    [LoggerMessage(1110, LogLevel.Warning, "The session store could not say whether {Count} sessions with running requests are still there")]
    public static partial void RequestsNotChecked(this ILogger logger, int count);

    [LoggerMessage(1120, LogLevel.Warning, "Redis at {Servers} is away: sessions known to this node and remembered browsers are served without it")]
    public static partial void RedisAway(this ILogger logger, string servers);

    [LoggerMessage(1121, LogLevel.Information, "Redis at {Servers} is back, after {Seconds:0.0} seconds")]
    public static partial void RedisBack(this ILogger logger, string servers, double seconds);

    [LoggerMessage(1122, LogLevel.Warning, "Redis at {Servers} refuses to write ({Reason}): sessions and remembered browsers are served, nobody can log in")]
    public static partial void RedisRefusesWrites(this ILogger logger, string servers, string reason);

    [LoggerMessage(1123, LogLevel.Information, "Redis at {Servers} writes again, after {Seconds:0.0} seconds")]
    public static partial void RedisWritesAgain(this ILogger logger, string servers, double seconds);

    [LoggerMessage(1124, LogLevel.Warning, "The client's connections to Redis at {Servers} were replaced: the old ones got no answer, new ones did")]
    public static partial void RedisClientReplaced(this ILogger logger, string servers);

    [LoggerMessage(1125, LogLevel.Warning, "A server of the Redis cluster at {Servers} is away: sessions that it has are served as in an outage, all others as ever")]
    public static partial void RedisPartlyAway(this ILogger logger, string servers);

    [LoggerMessage(1126, LogLevel.Information, "The Redis cluster at {Servers} is complete again, after {Seconds:0.0} seconds")]
    public static partial void RedisComplete(this ILogger logger, string servers, double seconds);

    /// <summary>A text of somebody else's, with every key in it cut to what is told of one.</summary>
    public static string WithoutKeys(string text) => WholeKey().Replace(text, match => Short(match.Value) + "…");

    /// <param name="key">Any text: in Redis others may have written, too.</param>
    public static string Short(string key) => key.Length > 12 ? key[..12] : key;

    [GeneratedRegex("[0-9A-Fa-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WholeKey();
}
