using System.Collections.Concurrent;

namespace Gateway.Forwarding.WebSockets;

/// <summary>All upgraded connections that this node is proxying, whoever they belong to.</summary>
internal sealed class OpenSockets(TimeProvider clock)
{
    private readonly ConcurrentDictionary<ProxiedUpgrade, bool> all = new();
    private volatile SocketClose? closing;

    public int Count => all.Count;

    /// <summary>The client's end, as the proxy is to use it.</summary>
    public ProxiedUpgrade Add(Stream client, HttpContext context, bool isWebSocket)
    {
        var upgraded = isWebSocket ? new ProxiedSocket(client, context, this, clock) : new ProxiedUpgrade(client, context, this);
        all[upgraded] = true;
        if (closing is { } reason)
            _ = upgraded.CloseAsync(reason);
        return upgraded;
    }

    public void Remove(ProxiedUpgrade upgraded) => all.TryRemove(upgraded, out _);

    /// <summary>
    /// Closes those that are open, and from now on each as it opens. Returns when all that were open are over, which takes little more
    /// than a second.
    /// </summary>
    public Task CloseAllAsync(SocketClose reason)
    {
        closing = reason;
        return Task.WhenAll(all.Keys.Select(upgraded => upgraded.CloseAsync(reason)));
    }
}
