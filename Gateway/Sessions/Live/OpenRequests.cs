using System.Collections.Concurrent;
using Gateway.Forwarding.WebSockets;

namespace Gateway.Sessions.Live;

/// <summary>The proxied requests of sessions that are running on this node.</summary>
internal sealed class OpenRequests
{
    // Most requests are over before anybody needs to look at them.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<OpenRequest> all = [];
    private readonly ConcurrentQueue<OpenRequest> unused = new();
    private readonly TimeProvider clock;
    private readonly Func<object, Task> remove;

    public OpenRequests(TimeProvider clock)
    {
        this.clock = clock;
        // Once, instead of at each request.
        remove = Remove;
    }

    /// <summary>From now until the response is complete.</summary>
    public void Add(HttpContext context, Session session, UpgradeRequest? upgrade)
    {
        if (!unused.TryDequeue(out var request))
            all.Add(request = new OpenRequest());
        request.Begin(context, session, upgrade, clock.GetTimestamp());
        context.Response.OnCompleted(remove, request);
    }

    /// <summary>What has been running for more than a moment, by session.</summary>
    public IReadOnlyList<SessionRequests> BySession() => Group(_ => true);

    /// <summary>The same of one session; null when there is nothing.</summary>
    public SessionRequests? Of(string key) => Group(open => string.Equals(open.Key, key, StringComparison.Ordinal)).SingleOrDefault();

    private List<SessionRequests> Group(Func<Session, bool> wanted)
    {
        var then = clock.GetTimestamp() - (long)(Short.TotalSeconds * clock.TimestampFrequency);
        return
        [
            .. all
                .Select(request => (Request: request, Session: request.SessionIfOpenSince(then)))
                .Where(open => open.Session is not null && wanted(open.Session))
                .GroupBy(open => open.Session!.Key, StringComparer.Ordinal)
                .Select(open => new SessionRequests(open.First().Session!, [.. open.Select(one => one.Request)])),
        ];
    }

    private Task Remove(object request)
    {
        var over = (OpenRequest)request;
        over.End();
        unused.Enqueue(over);
        return Task.CompletedTask;
    }
}

/// <summary>The running requests of one session.</summary>
internal sealed record SessionRequests(Session Session, IReadOnlyList<OpenRequest> Requests);
