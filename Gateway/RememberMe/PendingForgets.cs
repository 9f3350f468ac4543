using System.Collections.Concurrent;

namespace Gateway.RememberMe;

/// <summary>
/// Browsers that were forgotten while their rows could not be deleted: never recognized again by this node, nor by the others once
/// they agreed on it, and their rows go when the user database takes writes again.
/// </summary>
internal sealed class PendingForgets
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, PendingForget> forgets = new(StringComparer.Ordinal);

    public IEnumerable<PendingForget> All => forgets.Values;

    /// <summary>False when there are too many already. Only whom the gateway gave a signed cookie can add one.</summary>
    public bool TryAdd(PendingForget forget)
    {
        if (forgets.Count >= Capacity)
            return false;
        forgets[forget.BrowserId] = forget;
        return true;
    }

    public void Done(string browserId) => forgets.TryRemove(browserId, out _);

    public bool Has(string browserId) => !forgets.IsEmpty && forgets.ContainsKey(browserId);
}

/// <param name="UserId">The owner where one is known.</param>
/// <param name="IsAgreed">All nodes know.</param>
internal sealed record PendingForget(string BrowserId, string? UserId, bool IsAgreed);
