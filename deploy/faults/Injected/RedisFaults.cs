using System.Diagnostics;
using Faults.Load;
using Faults.Servers;

namespace Faults.Injected;

/// <summary>What happens to the process.</summary>
internal static class RedisFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("redis-killed", Excuses.Unavailable, crowd => crowd.Stage.Redis.KillAsync(), crowd => crowd.Stage.Redis.StartAsync()) { IsOfRedis = true },
        new("redis-killed-data-lost", Excuses.Unavailable | Excuses.Queue, crowd => crowd.Stage.Redis.KillAsync(), RestartEmptyAsync) { IsOfRedis = true },
        new("redis-frozen", Excuses.Unavailable, crowd => crowd.Stage.Redis.FreezeAsync(), ThawAsync) { IsOfRedis = true, Lasts = TimeSpan.FromSeconds(10) },
        new("redis-loading", Excuses.Unavailable, LoadAsync, LoadedAsync) { IsOfRedis = true },
        new("redis-failing-over", Excuses.Unavailable, crowd => crowd.Stage.Redis.KillAsync(), PromoteAsync)
        {
            IsOfRedis = true,
            Needs = new StageNeeds(Replica: true),
            Lasts = TimeSpan.FromSeconds(3),
            IsCheap = false,
        },
    ];

    /// <summary>Sessions of before may be gone from now on.</summary>
    public static void LoseSessions(Stage stage) => stage.LostAt = Stopwatch.GetTimestamp() + Stopwatch.Frequency;

    private static async Task RestartEmptyAsync(Crowd crowd)
    {
        crowd.Stage.Redis.LoseData();
        LoseSessions(crowd.Stage);
        await crowd.Stage.Redis.StartAsync();
    }

    private static async Task ThawAsync(Crowd crowd)
    {
        await crowd.Stage.Redis.ThawAsync();
        await crowd.Stage.Redis.AnsweringAsync();
    }

    // It reads a snapshot so slowly that it refuses questions until it is told to hurry.
    private static async Task LoadAsync(Crowd crowd)
    {
        await crowd.Stage.Redis.SnapshotAsync();
        await crowd.Stage.Redis.KillAsync();
        await crowd.Stage.Redis.StartAsync(waits: false, "--key-load-delay", "100000", "--loading-process-events-interval-bytes", "1024");
        await Until.TrueAsync(async () => await crowd.Stage.Redis.AskAsync("PING") is ['-', 'L', 'O', 'A', 'D', ..], "Redis loads");
    }

    private static async Task LoadedAsync(Crowd crowd)
    {
        await crowd.Stage.Redis.AskAsync("CONFIG", "SET", "key-load-delay", "0");
        await crowd.Stage.Redis.AnsweringAsync();
    }

    // The last writes before the end may not have reached the replica.
    private static async Task PromoteAsync(Crowd crowd)
    {
        LoseSessions(crowd.Stage);
        await crowd.Stage.Replica.AskAsync("REPLICAOF", "NO", "ONE");
        crowd.Stage.Primary = crowd.Stage.Replica;
        await crowd.Stage.Replica.AnsweringAsync();
    }
}
