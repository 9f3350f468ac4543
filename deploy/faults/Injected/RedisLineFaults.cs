using Faults.Load;
using Gateway.Tests.Hosting;

namespace Faults.Injected;

/// <summary>What happens to replies on their way.</summary>
internal static class RedisLineFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        On("redis-slow", _ => new LineFault { Delay = TimeSpan.FromSeconds(2) }) with { Lasts = TimeSpan.FromSeconds(8) },
        On("redis-silent", _ => new LineFault { Lost = true }),
        On("redis-replies-lost", _ => new LineFault { Skips = _ => true }),
        On("redis-cut-mid-reply", random => new LineFault { Cut = reply => IsChosen(random) ? reply.Length / 2 : null }),
        // No fault to a reader of streams: nothing may come of it at all.
        On("redis-split-replies", _ => new LineFault { PieceSize = 1 }) with { Excuses = Excuses.None },
    ];

    private static Fault On(string name, Func<Random, LineFault> fault) => new(
        name,
        Excuses.Unavailable,
        crowd => Set(crowd, fault(crowd.Stage.Random)),
        crowd => Set(crowd, LineFault.None))
    {
        IsOfRedis = true,
    };

    private static Task Set(Crowd crowd, LineFault fault)
    {
        crowd.Stage.Line.Fault = fault;
        return Task.CompletedTask;
    }

    // Each connection within its first replies.
    private static bool IsChosen(Random random)
    {
        lock (random)
            return random.Next(8) == 0;
    }
}
