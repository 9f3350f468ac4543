using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>Whom this node recognized a moment ago, so that an outage of the session store doesn't become one of the database.</summary>
internal sealed class OutageCopies(TimeProvider clock)
{
    private const int Capacity = 10_000;

    // What an operator decides about a user holds within ten seconds, and nobody tells this node earlier.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Copy> copies = new(StringComparer.Ordinal);
    private long lastDrop = long.MinValue;

    public long Now => clock.GetTimestamp();

    public ClaimsPrincipal? Find(RememberMeToken token) =>
        copies.TryGetValue(token.BrowserId, out var copy)
        && IsFresh(copy)
        && clock.GetUtcNow() < copy.Principal.Session()!.ExpiresAt
        && CryptographicOperations.FixedTimeEquals(copy.SecretHash, token.SecretHash())
            ? copy.Principal
            : null;

    public void Keep(RememberMeToken token, ClaimsPrincipal principal, long askedAt)
    {
        if (copies.Count >= Capacity)
            Sweep();
        if (copies.Count >= Capacity)
            return;
        copies[token.BrowserId] = new Copy(principal, token.SecretHash(), askedAt);
        // After it was added: the row may have been read just before a logout deleted it.
        if (askedAt <= Interlocked.Read(ref lastDrop))
            copies.TryRemove(token.BrowserId, out _);
    }

    public void Drop(string browserId)
    {
        Interlocked.Exchange(ref lastDrop, Now);
        copies.TryRemove(browserId, out _);
    }

    private void Sweep()
    {
        foreach (var entry in copies.Where(entry => !IsFresh(entry.Value)))
            copies.TryRemove(entry);
    }

    private bool IsFresh(Copy copy) => clock.GetElapsedTime(copy.At) < KeptFor;

    private sealed record Copy(ClaimsPrincipal Principal, byte[] SecretHash, long At);
}
