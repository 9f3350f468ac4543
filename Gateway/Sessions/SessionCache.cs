using System.Collections.Concurrent;

namespace Gateway.Sessions;

/// <summary>
/// This node's own copies of sessions. A copy answers requests for <see cref="SessionSettings.TrustedFor"/> while the revocation
/// channel is up; during an outage of the store it may answer for <see cref="SessionSettings.OutageGrace"/>. Without such a channel
/// the store is this process, and no copy is kept.
/// </summary>
internal sealed class SessionCache(SessionSettings settings, TimeProvider clock)
{
    // Longer than any answer of a store is under way.
    private static readonly TimeSpan TraceOfDropped = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Copy> copies = new(StringComparer.Ordinal);
    private Action<string>? dropped;
    private long droppedAll;
    private volatile bool used;
    private volatile bool trusted;

    /// <summary>When a question to the store begins; a revocation that arrives after it makes the answer too old to keep.</summary>
    public long Now => clock.GetTimestamp();

    public SessionPrincipal? Find(string key) =>
        trusted && copies.TryGetValue(key, out var copy) && copy.Principal is not null && Age(copy) < settings.TrustedFor ? Live(copy) : null;

    /// <summary>
    /// True for one caller once in a while: a session that copies answer for has to be renewed in the store all the same, and one
    /// that is gone from there must not live on here.
    /// </summary>
    public bool ClaimsRenewal(string key)
    {
        if (!copies.TryGetValue(key, out var copy))
            return false;
        var last = Interlocked.Read(ref copy.RenewalAskedAt);
        return clock.GetElapsedTime(last) >= settings.RenewedEvery
            && Interlocked.CompareExchange(ref copy.RenewalAskedAt, Now, last) == last;
    }

    /// <summary>The idle timeout goes on without the store: it is counted here, from the last request that the session was used for.</summary>
    /// <param name="use">Whether this request begins it anew.</param>
    public SessionPrincipal? FindDuringOutage(string key, bool use)
    {
        if (!copies.TryGetValue(key, out var copy) || copy.Principal is null || Age(copy) >= settings.OutageGrace)
            return null;
        if (clock.GetElapsedTime(Interlocked.Read(ref copy.UsedAt)) >= settings.IdleTimeout || Live(copy) is not { } principal)
            return null;
        if (use)
            Interlocked.Exchange(ref copy.UsedAt, Now);
        return principal;
    }

    /// <summary>The one that this node has for the very same session, with what was worked out for it; else a new one.</summary>
    public SessionPrincipal PrincipalOf(Session session) =>
        copies.TryGetValue(session.Key, out var copy) && copy.Principal is { } principal && ReferenceEquals(principal.Session, session)
            ? principal
            : session.ToPrincipal();

    /// <summary>A session that was just renewed in the store.</summary>
    public void Keep(string key, SessionPrincipal principal, long askedAt) => Keep(key, new Copy(principal, askedAt));

    /// <summary>A session that was only looked at: the next request that extends it renews it, and no copy outlasts it.</summary>
    public void KeepUnrenewed(LiveSession live, SessionPrincipal principal, long askedAt)
    {
        var left = live.IdleExpiresAt - clock.GetUtcNow();
        if (left <= settings.TrustedFor)
            return;
        var unused = settings.IdleTimeout - left;
        Keep(live.Session.Key, new Copy(principal, askedAt)
        {
            RenewalAskedAt = 0,
            UsedAt = askedAt - (long)(unused.TotalSeconds * clock.TimestampFrequency),
        });
    }

    private void Keep(string key, Copy fresh)
    {
        if (!used)
            return;
        var askedAt = fresh.At;
        copies.AddOrUpdate(key, fresh, (_, earlier) => earlier.Principal is null && earlier.At >= askedAt ? earlier : fresh);
        // After it was added: in between, the channel may have come up and everything been dropped.
        if (askedAt <= Interlocked.Read(ref droppedAll))
            Drop(key);
    }

    /// <summary>Forgets a session and remembers that it did, for answers that are still under way.</summary>
    public void Drop(string key)
    {
        if (used)
            copies[key] = new Copy(null, Now);
        dropped?.Invoke(key);
    }

    /// <summary>Tells one other of every session that was dropped, whether a copy was here or not.</summary>
    public void OnDrop(Action<string> tell) => dropped = tell;

    /// <summary>The store has no such session. Leaves no trace of a key that was never here: strangers can make up millions.</summary>
    public void Forget(string key)
    {
        if (copies.TryGetValue(key, out var copy) && copy.Principal is not null)
            Drop(key);
    }

    /// <summary>This node's copies of a user's sessions.</summary>
    public IReadOnlyList<Session> Of(string userId) =>
    [
        .. copies.Values
            .Select(copy => copy.Principal?.Session)
            .OfType<Session>()
            .Where(session => string.Equals(session.UserId, userId, StringComparison.Ordinal)),
    ];

    /// <summary>Whether revocations reach this node; while they don't, no copy is trusted.</summary>
    public void Trust(bool channelIsUp)
    {
        if (!used || (channelIsUp && !trusted))
        {
            // Revocations were missed while the channel was down: what is older must be asked for again.
            Interlocked.Exchange(ref droppedAll, Now);
            foreach (var key in copies.Keys)
                Drop(key);
        }

        used = true;
        trusted = channelIsUp;
    }

    /// <summary>Takes out what nobody can use any more, and the oldest of what is too much.</summary>
    public void Sweep()
    {
        var longest = settings.OutageGrace > settings.CacheFor ? settings.OutageGrace : settings.CacheFor;
        var ages = new CopyAges(longest);
        foreach (var entry in copies)
        {
            if (Age(entry.Value) > (entry.Value.Principal is null ? TraceOfDropped : longest))
                copies.TryRemove(entry);
            else if (entry.Value.Principal is not null)
                ages.Count(Age(entry.Value));
        }

        if (ages.LimitFor(settings.MaxCopies) is not { } limit)
            return;
        foreach (var entry in copies.Where(entry => entry.Value.Principal is not null && Age(entry.Value) >= limit))
            copies.TryRemove(entry);
    }

    private SessionPrincipal? Live(Copy copy) => clock.GetUtcNow() < copy.Principal!.Session.ExpiresAt ? copy.Principal : null;

    private TimeSpan Age(Copy copy) => clock.GetElapsedTime(copy.At);

    // A copy without a principal marks a session that was revoked at that moment.
    private sealed class Copy(SessionPrincipal? principal, long at)
    {
        public long RenewalAskedAt = at;

        public long UsedAt = at;

        public SessionPrincipal? Principal { get; } = principal;

        public long At { get; } = at;
    }
}
