using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>The requests that a destination is working on.</summary>
internal sealed class DestinationSlots
{
    private static readonly ConditionalWeakTable<DestinationState, DestinationSlots> All = [];

    private int taken;
    private int refusing;

    /// <summary>As long as YARP knows the destination, also when its address or its cluster's settings change.</summary>
    public static DestinationSlots Of(DestinationState destination) => All.GetValue(destination, static _ => new DestinationSlots());

    public bool IsFull(int most) => Volatile.Read(ref taken) >= most;

    public bool TryTake(int most)
    {
        if (Interlocked.Increment(ref taken) <= most)
            return true;
        Interlocked.Decrement(ref taken);
        return false;
    }

    public void Return()
    {
        // Idle again: the next refusal is worth a line.
        if (Interlocked.Decrement(ref taken) == 0)
            Volatile.Write(ref refusing, 0);
    }

    /// <summary>True for the first refusal since the destination had nothing to do.</summary>
    public bool IsNews() => Volatile.Read(ref refusing) == 0 && Interlocked.Exchange(ref refusing, 1) == 0;
}

/// <summary>
/// A feature of a request that gave its place back: its application answered with a stream, which stays open for as long as somebody
/// looks at it and says nothing about how busy the application is.
/// </summary>
internal sealed class SlotReturned
{
    public static SlotReturned Instance { get; } = new();
}
