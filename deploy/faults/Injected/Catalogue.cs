using Faults.Load;

namespace Faults.Injected;

/// <summary>Every fault there is, those of one stage beside each other.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        // What the machine itself does to the figures.
        new("nothing", Excuses.None, _ => Task.CompletedTask, _ => Task.CompletedTask) { FitsASoak = false, IsCheap = false },
        .. RedisFaults.All, .. RedisLineFaults.All, .. RedisStateFaults.All, .. DatabaseFaults.All, .. PostgreSqlFaults.All,
        .. DestinationFaults.All, .. NodeFaults.All, .. ClockFaults.All,
    ];

    /// <summary>No faults, but checks of the checks: each makes something happen that must be found.</summary>
    public static IReadOnlyList<Fault> Lies { get; } = Injected.Lies.All;
}
