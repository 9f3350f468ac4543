namespace Gateway.Users;

/// <summary>Whether logins wait for their turn to be hashed, wherever they do.</summary>
internal sealed class HashingDemand
{
    private int waiting;

    public bool IsThere => Volatile.Read(ref waiting) > 0;

    public void Begin() => Interlocked.Increment(ref waiting);

    public void End() => Interlocked.Decrement(ref waiting);
}
