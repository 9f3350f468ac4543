namespace Gateway.Sessions;

/// <summary>
/// What was read last from the records of some sessions. A record seldom changes, and to read it anew and make its principal is a
/// twentieth of what a request costs whose session is asked for each time.
/// </summary>
internal sealed class RecordMemo
{
    // Of a session in use there is one within reach; of a million that are used once an hour there need not be.
    private const int Places = 1024;

    // Bytes; larger ones are seldom, and a thousand of the largest would be much.
    private const int Largest = 2048;

    private readonly Entry?[] entries = new Entry?[Places];

    /// <summary>The session of this key, if its record was the same to the byte.</summary>
    public Session? Find(string key, ReadOnlySpan<byte> record) =>
        Volatile.Read(ref Place(key)) is { } entry
        && string.Equals(entry.Session.Key, key, StringComparison.Ordinal)
        && record.SequenceEqual(entry.Record.Span)
            ? entry.Session
            : null;

    /// <param name="record">Written by nobody any more.</param>
    public void Keep(Session session, ReadOnlyMemory<byte> record)
    {
        if (record.Length <= Largest)
            Volatile.Write(ref Place(session.Key), new Entry(session, record));
    }

    private ref Entry? Place(string key) => ref entries[(uint)key.GetHashCode(StringComparison.Ordinal) % Places];

    private sealed record Entry(Session Session, ReadOnlyMemory<byte> Record);
}
