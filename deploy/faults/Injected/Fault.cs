using Faults.Load;
using Faults.Servers;

namespace Faults.Injected;

/// <summary>Something that breaks while everybody goes on asking.</summary>
/// <param name="Name">As typed after <c>--only</c>.</param>
/// <param name="Excuses">What it may cost a request while it lasts.</param>
/// <param name="Begin">Breaks it.</param>
/// <param name="End">Mends it, and returns when what was broken answers again, asked directly.</param>
internal sealed record Fault(string Name, Excuses Excuses, Func<Crowd, Task> Begin, Func<Crowd, Task> End)
{
    public TimeSpan Lasts { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>In the short form, where a fault does not depend on its length.</summary>
    public TimeSpan LastsShort { get; init; } = TimeSpan.FromSeconds(3);

    public StageNeeds Needs { get; init; } = new();

    /// <summary>Of Redis, in whose absence a logout is not told to other gateways.</summary>
    public bool IsOfRedis { get; init; }

    /// <summary>Part of the short form.</summary>
    public bool IsCheap { get; init; } = true;

    /// <summary>Leaves memory and handles of the gateways to be compared with those of before.</summary>
    public bool FitsASoak { get; init; } = true;

    /// <summary>Why it can't be injected here, or nothing.</summary>
    public Func<string?> Obstacle { get; init; } = () => null;
}

/// <summary>What a gateway did instead of what it promises, told by the fault itself.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
