using Faults.Load;

namespace Faults.Injected;

/// <summary>A Redis that answers, but not as it should, or that has forgotten.</summary>
internal static class RedisStateFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        // A replica of nobody: what it knows it tells, and every write is refused.
        Told("redis-read-only", ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]),
        Told("redis-out-of-memory", ["CONFIG", "SET", "maxmemory", "1"], ["CONFIG", "SET", "maxmemory", "0"]),
        new("redis-flushed", Excuses.Queue, FlushAsync, _ => Task.CompletedTask) { IsOfRedis = true, Lasts = TimeSpan.FromSeconds(2), LastsShort = TimeSpan.FromSeconds(1) },
        new("redis-clients-killed", Excuses.Unavailable, KillClientsAsync, KillClientsAsync) { IsOfRedis = true, LastsShort = TimeSpan.FromSeconds(1) },
    ];

    private static Fault Told(string name, string[] begin, string[] end) =>
        new(name, Excuses.Unavailable, crowd => TellAsync(crowd, begin), crowd => TellAsync(crowd, end)) { IsOfRedis = true };

    private static async Task TellAsync(Crowd crowd, string[] command)
    {
        if (await crowd.Stage.Redis.AskAsync(command) is not ['+' or ':', ..] and var reply)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {reply}");
    }

    private static Task FlushAsync(Crowd crowd)
    {
        RedisFaults.LoseSessions(crowd.Stage);
        return TellAsync(crowd, ["FLUSHALL"]);
    }

    private static async Task KillClientsAsync(Crowd crowd)
    {
        await TellAsync(crowd, ["CLIENT", "KILL", "TYPE", "pubsub"]);
        await TellAsync(crowd, ["CLIENT", "KILL", "TYPE", "normal"]);
    }
}
