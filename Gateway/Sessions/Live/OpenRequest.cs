using Gateway.Forwarding.WebSockets;

namespace Gateway.Sessions.Live;

/// <summary>
/// A proxied request of a session while it runs. The object serves many requests, one after the other, so that a short one allocates
/// nothing.
/// </summary>
internal sealed class OpenRequest
{
    private readonly Lock gate = new();
    private HttpContext? context;
    private Session? session;
    private Endpoint? route;
    private UpgradeRequest? upgrade;
    private bool extends;
    private long startedAt;
    private long heardAt;

    /// <summary>When the store last said that the session is there.</summary>
    public long HeardAt => Interlocked.Read(ref heardAt);

    public void Begin(HttpContext running, Session of, UpgradeRequest? upgrading, long now)
    {
        lock (gate)
        {
            (context, session, upgrade, startedAt, heardAt) = (running, of, upgrading, now, now);
            (route, extends) = (running.GetEndpoint(), IdleTimer.IsExtendedBy(running));
        }
    }

    /// <summary>From here on the server may use the context for another request.</summary>
    public void End()
    {
        lock (gate)
            (context, session, upgrade, route) = (null, null, null, null);
    }

    /// <summary>The session of a request that began by then; null when there is none to look after.</summary>
    public Session? SessionIfOpenSince(long then)
    {
        lock (gate)
            return startedAt <= then ? session : null;
    }

    /// <summary>Whether the visitor was active through this request since that was last taken.</summary>
    public bool IsActive
    {
        get
        {
            lock (gate)
                return extends && (upgrade is null ? IsAwaited() : upgrade.Upgraded is { Traffic.Passed: true });
        }
    }

    /// <summary>The same, and takes it.</summary>
    public bool TakeActivity()
    {
        lock (gate)
            return extends && (upgrade is null ? IsAwaited() : upgrade.Upgraded?.Traffic.Take() ?? false);
    }

    /// <summary>The route of a request that began with other roles than the session has now.</summary>
    public Endpoint? RouteIfBeganOtherwise(Session now)
    {
        lock (gate)
            return string.Equals(session?.Key, now.Key, StringComparison.Ordinal) && !session!.Roles.SequenceEqual(now.Roles, StringComparer.Ordinal) ? route : null;
    }

    /// <summary>Gives back what was taken: nobody heard of it.</summary>
    public void ReturnActivity()
    {
        lock (gate)
            upgrade?.Upgraded?.Traffic.Note();
    }

    public void Heard(long now) => Interlocked.Exchange(ref heardAt, now);

    /// <summary>
    /// Closes a WebSocket, and cuts any other connection or stream of HTTP/2, unless the request has ended or belongs to another session
    /// by now.
    /// </summary>
    public bool Close(string key, SocketClose reason)
    {
        ProxiedUpgrade? upgraded;
        lock (gate)
        {
            if (context is null || !string.Equals(session?.Key, key, StringComparison.Ordinal))
                return false;
            session = null;
            upgraded = upgrade?.Upgraded;
            if (upgraded is null)
                context.Abort();
        }

        // Not waited for: it says itself when it has been long enough.
        _ = upgraded?.CloseAsync(reason);
        return true;
    }

    // A download, an upload or a slow page is not cut off because it takes longer than the idle timeout: somebody waits for it. An event
    // stream stays open without anybody there.
    private bool IsAwaited() =>
        context is not null
        && !(context.Response is { HasStarted: true, ContentType: { } type } && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase));
}
