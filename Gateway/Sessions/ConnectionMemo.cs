using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.Sessions;

/// <summary>
/// What the last request of a connection carried as its session cookie. A browser sends the same cookies again and again over a kept
/// connection, and to read them and hash the id anew each time is a good part of what finding a session costs. Kept with the
/// connection, whose server has the header in its buffers anyway, and gone with it.
/// </summary>
internal sealed class ConnectionMemo
{
    private static readonly object Here = new();

    private string? header;
    private string? key;

    /// <summary>
    /// Null for a request that shares its connection with others at the same time (HTTP/2), and where a server keeps nothing for a
    /// connection. Over HTTP/1.1 one request follows the other.
    /// </summary>
    public static ConnectionMemo? Of(HttpContext context)
    {
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) || context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
            return null;
        if (items.TryGetValue(Here, out var memo))
            return (ConnectionMemo?)memo;
        var fresh = new ConnectionMemo();
        items[Here] = fresh;
        return fresh;
    }

    /// <summary>Whether this very header came last, and the session's key that was found in it; null when it named none.</summary>
    public bool Knows(string line, out string? known)
    {
        known = key;
        return string.Equals(header, line, StringComparison.Ordinal);
    }

    public void Keep(string line, string? found) => (header, key) = (line, found);
}
