using Faults.Load;
using Faults.Servers;

namespace Faults.Injected;

/// <summary>What happens to one of two applications; the other one must not notice.</summary>
internal static class DestinationFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("destination-killed", Excuses.Application, crowd => crowd.Stage.Application.KillAsync(), crowd => crowd.Stage.Application.StartAsync()),
        On("destination-frozen", application => application.Freeze(), application => application.Thaw()) with { Lasts = TimeSpan.FromSeconds(10) },
        On("destination-resetting", application => application.Resets = true, application => application.Resets = false),
    ];

    private static Fault On(string name, Action<Destination> begin, Action<Destination> end) =>
        new(name, Excuses.Application, crowd => Do(crowd, begin), crowd => Do(crowd, end));

    private static Task Do(Crowd crowd, Action<Destination> change)
    {
        change(crowd.Stage.Application);
        return Task.CompletedTask;
    }
}
