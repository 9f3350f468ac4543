using System.Collections.Concurrent;
using Gateway.Users;

namespace Gateway.Sessions;

/// <summary>
/// Users about whom something was decided that is not in the store yet, as they are now. A store that takes no writes goes on telling
/// of sessions that are over, and of roles that were lost; what it tells is held against this. Every node follows the same log of
/// decisions, and so each finds out by itself.
/// </summary>
internal sealed class PendingDecisions
{
    private readonly ConcurrentDictionary<string, KnownUser?> users = new(StringComparer.Ordinal);
    private readonly Lock changing = new();

    // Every request asks, and hardly ever is anything undone.
    private volatile bool any;

    /// <param name="user">Null for one who is gone.</param>
    public void Hold(string userId, KnownUser? user)
    {
        lock (changing)
        {
            users[userId] = user;
            any = true;
        }
    }

    /// <summary>The store knows.</summary>
    public void Done(string userId)
    {
        lock (changing)
        {
            users.TryRemove(userId, out _);
            any = !users.IsEmpty;
        }
    }

    /// <summary>The session as it is to be served: mostly the very same, and null when its user may not have it any more.</summary>
    public Session? Apply(Session session)
    {
        if (!any || !users.TryGetValue(session.UserId, out var user))
            return session;
        if (!session.MayGoOnFor(user))
            return null;
        return session.Describes(user!) ? session : session.Describing(user!);
    }
}
