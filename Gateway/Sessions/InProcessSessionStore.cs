using System.Collections.Concurrent;

namespace Gateway.Sessions;

/// <summary>Sessions in this process: for one gateway without Redis. They end with the process; remembered browsers come back.</summary>
internal sealed class InProcessSessionStore(SessionSettings settings, TimeProvider clock) : ISessionStore
{
    private readonly ConcurrentDictionary<string, LiveSession> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Value, DateTimeOffset Until)> agreements = new(StringComparer.Ordinal);
    private DateTimeOffset nextSweep;

    public Task<Session?> RenewAsync(string key, CancellationToken cancellationToken)
    {
        while (Find(key) is { } live)
        {
            // Compare and exchange: a session that is removed in between stays removed.
            if (sessions.TryUpdate(key, live with { IdleExpiresAt = IdleEnd(live.Session) }, live))
                return Task.FromResult<Session?>(live.Session);
        }

        return Task.FromResult<Session?>(null);
    }

    public Task<LiveSession?> PeekAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Find(key));

    public Task<IReadOnlyList<Session>> FindAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Session>>([.. keys.Select(Find).OfType<LiveSession>().Select(live => live.Session)]);

    public Task<(bool IsNew, Session? Session)> CreateAsync(Session session, CancellationToken cancellationToken)
    {
        Sweep();
        var created = new LiveSession(session, IdleEnd(session));
        var isNew = IsLive(created) && Find(session.Key) is null && sessions.TryAdd(session.Key, created);
        return Task.FromResult((isNew, isNew ? session : null));
    }

    public Task<bool> UpdateAsync(Session session, CancellationToken cancellationToken)
    {
        while (Find(session.Key) is { } live)
        {
            if (sessions.TryUpdate(session.Key, live with { Session = session }, live))
                return Task.FromResult(true);
        }

        return Task.FromResult(false);
    }

    public Task<bool> RemoveAsync(string key, string userId, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.TryRemove(key, out _));

    public Task<IReadOnlyList<LiveSession>> ListAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LiveSession>>(
        [
            .. sessions.Values
                .Where(live => string.Equals(live.Session.UserId, userId, StringComparison.Ordinal) && IsLive(live))
                .OrderBy(live => live.Session.StartedAt),
        ]);

    public int CountLive() => sessions.Values.Count(IsLive);

    public Task<string> AgreeAsync(string name, string proposal, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var agreed = agreements.AddOrUpdate(
            name,
            _ => (proposal, now + lifetime),
            (_, earlier) => earlier.Until > now ? earlier : (proposal, now + lifetime));
        return Task.FromResult(agreed.Value);
    }

    private LiveSession? Find(string key)
    {
        if (!sessions.TryGetValue(key, out var live))
            return null;
        if (IsLive(live))
            return live;
        sessions.TryRemove(new KeyValuePair<string, LiveSession>(key, live));
        return null;
    }

    private bool IsLive(LiveSession live) => clock.GetUtcNow() < live.IdleExpiresAt;

    private DateTimeOffset IdleEnd(Session session)
    {
        var idle = clock.GetUtcNow() + settings.IdleTimeout;
        return idle < session.ExpiresAt ? idle : session.ExpiresAt;
    }

    // At a login, not by a timer: the store grows by logins alone.
    private void Sweep()
    {
        var now = clock.GetUtcNow();
        if (now < nextSweep)
            return;
        nextSweep = now + TimeSpan.FromMinutes(1);
        foreach (var entry in sessions.Where(entry => !IsLive(entry.Value)))
            sessions.TryRemove(entry);
        foreach (var entry in agreements.Where(entry => entry.Value.Until <= now))
            agreements.TryRemove(entry);
    }
}
