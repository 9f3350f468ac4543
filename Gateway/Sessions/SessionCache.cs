using System.Collections.Concurrent;
using System.Security.Claims;

namespace Gateway.Sessions;

/// <summary>
/// This node's own copies of sessions. A copy answers requests for <see cref="SessionSettings.TrustedFor"/> while the revocation
/// channel is up; during an outage of the store it may answer for <see cref="SessionSettings.OutageGrace"/>.
/// </summary>
internal sealed class SessionCache(SessionSettings settings, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Copy> copies = new(StringComparer.Ordinal);
    private long droppedAll;
    private volatile bool trusted;

    /// <summary>When a question to the store begins; a revocation that arrives after it makes the answer too old to keep.</summary>
    public long Now => clock.GetTimestamp();

    public ClaimsPrincipal? Find(string key) =>
        trusted && copies.TryGetValue(key, out var copy) && copy.Principal is not null && Age(copy) < settings.TrustedFor ? Live(copy) : null;

    public ClaimsPrincipal? FindDuringOutage(string key) =>
        copies.TryGetValue(key, out var copy) && copy.Principal is not null && Age(copy) < settings.OutageGrace ? Live(copy) : null;

    public void Keep(string key, ClaimsPrincipal principal, long askedAt)
    {
        if (askedAt <= Interlocked.Read(ref droppedAll))
            return;
        var fresh = new Copy(principal, askedAt);
        copies.AddOrUpdate(key, fresh, (_, earlier) => earlier.Principal is null && earlier.At >= askedAt ? earlier : fresh);
    }

    /// <summary>Forgets a session and remembers that it did, for answers that are still under way.</summary>
    public void Drop(string key) => copies[key] = new Copy(null, Now);

    /// <summary>Whether revocations reach this node; while they don't, no copy is trusted.</summary>
    public void Trust(bool channelIsUp)
    {
        if (channelIsUp && !trusted)
        {
            // Revocations were missed while the channel was down: what is older must be asked for again.
            Interlocked.Exchange(ref droppedAll, Now);
            foreach (var key in copies.Keys)
                Drop(key);
        }

        trusted = channelIsUp;
    }

    /// <summary>Takes out what nobody can use any more.</summary>
    public void Sweep()
    {
        var longest = settings.OutageGrace > settings.CacheFor ? settings.OutageGrace : settings.CacheFor;
        foreach (var entry in copies.Where(entry => Age(entry.Value) > (entry.Value.Principal is null ? settings.CacheFor : longest)))
            copies.TryRemove(entry);
    }

    private ClaimsPrincipal? Live(Copy copy) => clock.GetUtcNow() < copy.Principal!.Session()!.ExpiresAt ? copy.Principal : null;

    private TimeSpan Age(Copy copy) => clock.GetElapsedTime(copy.At);

    // A copy without a principal marks a session that was revoked at that moment.
    private sealed record Copy(ClaimsPrincipal? Principal, long At);
}
