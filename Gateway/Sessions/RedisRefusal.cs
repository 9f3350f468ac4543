using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>What the failure of a question says of Redis.</summary>
internal enum RedisRefusal
{
    None,

    /// <summary>It is away for now: not reached, silent, loading, failing over, or it lets nobody in.</summary>
    Away,

    /// <summary>It answers what only reads. It may be a replica, or a primary that others replaced: what it lacks may still exist.</summary>
    Writes,

    /// <summary>Its memory is full: nothing new can be written, all else works.</summary>
    Growth,

    /// <summary>The question itself is wrong, for this version or for what somebody else keeps under our prefix. No outage.</summary>
    Question,
}

/// <summary>Decides here alone which failure counts as what.</summary>
internal static class RedisRefusals
{
    private static readonly string[] OfWrites = ["READONLY", "NOREPLICAS", "MISCONF", "NOPERM"];

    // The second: a transaction was discarded because a command in it was refused, and ours only make things grow.
    private static readonly string[] OfGrowth = ["OOM", "EXECABORT"];

    private static readonly string[] OfQuestions =
    [
        "WRONGTYPE", "CROSSSLOT", "NOSCRIPT", "ERR unknown command", "ERR wrong number of arguments", "ERR syntax error", "ERR value is not",
        "ERR invalid expire",
    ];

    /// <summary>
    /// Whatever a question fails with, but for a visitor who left. The client has no base class for its failures: some are arguments,
    /// and a question that a lost connection had not sent yet is cancelled.
    /// </summary>
    public static bool IsOfRedis(this Exception exception, CancellationToken asked = default) =>
        exception is not OperationCanceledException || !asked.IsCancellationRequested;

    /// <summary>
    /// What is not known counts as an outage (LOADING, MASTERDOWN, CLUSTERDOWN, BUSY, NOAUTH, and whatever a proxy before Redis says):
    /// visitors then keep what they have.
    /// </summary>
    public static RedisRefusal Meaning(this Exception failure, ConnectionMultiplexer? multiplexer = null) => failure switch
    {
        RedisServerException { Message: var error } when Begins(error, OfWrites) => RedisRefusal.Writes,
        RedisServerException { Message: var error } when Begins(error, OfGrowth) => RedisRefusal.Growth,
        RedisServerException { Message: var error } when Begins(error, OfQuestions) => RedisRefusal.Question,
        // Of a client that knows: there is no server to send this to.
        RedisCommandException or RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection }
            when HasReplicasOnly(multiplexer) => RedisRefusal.Writes,
        RedisCommandException => RedisRefusal.Question,
        _ => RedisRefusal.Away,
    };

    /// <summary>What was taken for the primary is none, or none any more.</summary>
    public static bool IsOfNoPrimary(this Exception failure, ConnectionMultiplexer multiplexer) =>
        failure is RedisServerException { Message: var error } ? Begins(error, ["READONLY", "NOREPLICAS"]) : HasReplicasOnly(multiplexer);

    /// <summary>Somebody else keeps something under the key that is no record at all.</summary>
    public static bool IsOfAnotherType(this Exception? failure) =>
        failure is RedisServerException { Message: var error } && error.StartsWith("WRONGTYPE", StringComparison.Ordinal);

    // In a cluster, the primary of other keys may be there.
    public static bool HasReplicasOnly(ConnectionMultiplexer? multiplexer) =>
        multiplexer?.GetServers().Where(server => server.IsConnected).ToList() is { Count: > 0 } connected
        && connected.TrueForAll(server => server is { IsReplica: true, ServerType: ServerType.Standalone });

    private static bool Begins(string error, string[] codes) => codes.Any(code => error.StartsWith(code, StringComparison.Ordinal));
}
