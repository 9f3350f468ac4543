using Faults.Load;

namespace Faults.Injected;

/// <summary>What happens to one of two gateways. Nothing in front takes it out of the rotation.</summary>
internal static class NodeFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("gateway-killed", Excuses.Gateway, crowd => crowd.Stage.Nodes[1].KillAsync(), RestartAsync) { FitsASoak = false },
        new("gateway-drained", Excuses.Gateway | Excuses.Unavailable, DrainAsync, RestartAsync) { FitsASoak = false, IsCheap = false },
        // Long enough that a session can be logged out elsewhere and must not be served when it wakes up.
        new("gateway-frozen", Excuses.Gateway | Excuses.Unavailable, crowd => crowd.Stage.Nodes[1].FreezeAsync(), crowd => crowd.Stage.Nodes[1].ThawAsync())
        {
            Lasts = TimeSpan.FromSeconds(14),
            IsCheap = false,
        },
    ];

    private static Task RestartAsync(Crowd crowd) => crowd.Stage.Nodes[1].StartAsync();

    private static async Task DrainAsync(Crowd crowd)
    {
        if (await crowd.Stage.Nodes[1].StopAsync() is not 0 and var code)
            throw new BrokenPromiseException($"A gateway that was asked to end left with {code}");
    }
}
