using Faults.Load;
using Faults.Servers;

namespace Faults.Injected;

/// <summary>What happens to replies on their way.</summary>
internal static class RedisLineFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        On("redis-slow", (line, begins) => line.Latency = TimeSpan.FromSeconds(begins ? 2 : 0)) with { Lasts = TimeSpan.FromSeconds(8) },
        On("redis-silent", (line, begins) => line.Swallows = begins),
        On("redis-cut-mid-reply", (line, begins) => line.Cuts = begins),
        // No fault to a reader of streams: nothing may come of it at all.
        On("redis-split-replies", (line, begins) => line.Splits = begins) with { Excuses = Excuses.None },
    ];

    private static Fault On(string name, Action<RedisLine, bool> set) => new(
        name,
        Excuses.Unavailable,
        crowd => Set(crowd, set, begins: true),
        crowd => Set(crowd, set, begins: false))
    {
        IsOfRedis = true,
    };

    private static Task Set(Crowd crowd, Action<RedisLine, bool> set, bool begins)
    {
        set(crowd.Stage.Line, begins);
        return Task.CompletedTask;
    }
}
