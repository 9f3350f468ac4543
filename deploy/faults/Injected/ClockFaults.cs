using Faults.Servers;

namespace Faults.Injected;

/// <summary>The wall clock of the gateways jumps, and back again.</summary>
internal static class ClockFaults
{
    public static IReadOnlyList<Fault> All { get; } = [Jump("clock-ahead", TimeSpan.FromHours(1)), Jump("clock-back", TimeSpan.FromHours(-1))];

    // Nothing that a visitor could notice.
    private static Fault Jump(string name, TimeSpan offset) => new(
        name,
        Load.Excuses.None,
        crowd => FakeClock.SetAsync(crowd.Stage, offset),
        crowd => FakeClock.SetAsync(crowd.Stage, TimeSpan.Zero))
    {
        Needs = new StageNeeds(FakeClock: true),
        IsCheap = false,
        FitsASoak = false,
        Obstacle = () => FakeClock.Library is null ? "needs libfaketime (Debian: faketime)" : null,
    };
}
