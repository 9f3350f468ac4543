namespace Gateway.Sessions;

/// <summary>
/// Whether sessions are asked for that are not there: then the next is likely not to be there either, and that answer is asked for
/// together with its confirmation. After a loss of all of Redis, it saves each restore one of four round trips.
/// </summary>
internal sealed class MissWatch(TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);

    private long last = clock.GetTimestamp() - clock.TimestampFrequency;

    /// <summary>Within the last second one was missed.</summary>
    public bool AreUsual => clock.GetElapsedTime(Interlocked.Read(ref last)) < Usual;

    public void Note() => Interlocked.Exchange(ref last, clock.GetTimestamp());
}
