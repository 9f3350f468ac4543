using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>The names of everything the gateway keeps in Redis.</summary>
internal sealed class RedisKeys(SessionSettings settings)
{
    public RedisChannel Revoked { get; } = RedisChannel.Literal(settings.KeyPrefix + "revoked");

    public RedisKey Session(string key) => settings.KeyPrefix + "session:" + key;

    /// <summary>Of the keys of all sessions, for <c>SCAN</c>.</summary>
    public string AllSessions { get; } = string.Concat(settings.KeyPrefix.Select(Literally)) + "session:*";

    public RedisKey SessionsOf(string userId) => settings.KeyPrefix + "user:" + userId + ":sessions";

    public RedisKey Agreement(string name) => settings.KeyPrefix + "agreed:" + name;

    /// <summary>Never there.</summary>
    public RedisKey Probe { get; } = settings.KeyPrefix + "probe";

    public RedisKey Attempts(string name) => settings.KeyPrefix + "attempts:" + name;

    public RedisKey Form(string name) => settings.KeyPrefix + "form:" + name;

    /// <summary>Another key that a cluster keeps on the same server (Redis cluster specification, hash tags).</summary>
    public static string Beside(RedisKey key, string name) =>
        key.ToString() is var text && text.Contains('{', StringComparison.Ordinal) ? text + name : $"{{{text}}}{name}";

    private static string Literally(char character) => "*?[]^\\".Contains(character, StringComparison.Ordinal) ? $"\\{character}" : $"{character}";
}
