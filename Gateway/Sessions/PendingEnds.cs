using System.Collections.Concurrent;

namespace Gateway.Sessions;

/// <summary>
/// What a visitor ended while the store could not be asked: never served again by this node, and ended in the store when that is
/// back. Kept in memory alone: if this process ends before, the record lives on until its idle timeout, for whoever still has the
/// session cookie; the visitor's own browser has not, and the remembered browser is forgotten in the database in any case.
/// </summary>
internal sealed class PendingEnds
{
    private const int Capacity = 10_000;

    // By the key of a session or the id of a browser, which have different lengths.
    private readonly ConcurrentDictionary<string, PendingEnd> ends = new(StringComparer.Ordinal);

    private readonly Lock changing = new();

    // Every request asks, and hardly ever is there anything to look for.
    private volatile bool any;

    public IEnumerable<PendingEnd> All => ends.Values;

    /// <summary>False when there are too many already.</summary>
    public bool TryAdd(PendingEnd end)
    {
        lock (changing)
        {
            // Anybody can log out of sessions that they made up: those leave room for the others.
            if (ends.Count >= (end.UserId is null ? Capacity / 2 : Capacity))
                return false;
            ends[end.Name] = end;
            any = true;
            return true;
        }
    }

    public void Done(PendingEnd end)
    {
        lock (changing)
        {
            ends.TryRemove(KeyValuePair.Create(end.Name, end));
            any = !ends.IsEmpty;
        }
    }

    public bool Has(string key) => any && ends.ContainsKey(key);

    public bool Has(Session session) => any && (Has(session.Key) || (session.Browser is { } browser && Has(browser)));
}

/// <param name="Name">The key of the session, or the id of the browser whose sessions all end.</param>
/// <param name="UserId">The owner where one is known.</param>
internal sealed record PendingEnd(string Name, string? UserId, bool IsBrowser, string Reason);
