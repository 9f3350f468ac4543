using Gateway.Forwarding.WebSockets;
using Gateway.Users;

namespace Gateway.Sessions.Live;

/// <summary>
/// Asks whether a session is still there, once for all of its running requests, and ends them when it is not, or when they need a role
/// that it has lost. Of sessions that need no renewal, many are asked for at once.
/// </summary>
internal sealed class SessionCheck(
    ISessionStore store,
    PendingDecisions decisions,
    IEnumerable<Recognition> recognitions,
    RouteAccess access,
    SessionSettings settings,
    TimeProvider clock,
    ILogger<SessionCheck> logger)
{
    /// <summary>How often a session with running requests is looked at.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(2).Ticks, settings.IdleTimeout.Ticks / 4));

    public static bool IsUnused(SessionRequests open) => !open.Requests.Any(request => request.IsActive);

    /// <summary>One question for several unused sessions. Returns those that are not known to be there after it: they have to be asked for alone.</summary>
    public async Task<IReadOnlyList<SessionRequests>> FindUnknownAsync(IReadOnlyList<SessionRequests> several, CancellationToken cancellationToken)
    {
        var found = await FindAsync(several, cancellationToken);
        foreach (var open in several)
        {
            if (found.TryGetValue(open.Session.Key, out var session))
                await GoOnAsync(open, session);
        }

        return [.. several.Where(open => !found.ContainsKey(open.Session.Key))];
    }

    /// <summary>False when the store could not say.</summary>
    public async Task<bool> CheckAsync(SessionRequests open, CancellationToken cancellationToken)
    {
        // Known without the store, and true during its outage.
        if (clock.GetUtcNow() >= open.Session.ExpiresAt)
        {
            End(open, "the session is over");
            return true;
        }

        var active = open.Requests.Where(request => request.TakeActivity()).ToList();
        try
        {
            if (await FindAsync(open.Session, active.Count > 0, cancellationToken) is not { } found || decisions.Apply(found) is not { } session)
            {
                End(open, "the session is over");
                return true;
            }

            await GoOnAsync(open, session);
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException || DatabaseFault.Is(exception))
        {
            active.ForEach(request => request.ReturnActivity());
            if (open.Requests.All(IsPastGrace))
                End(open, "the session store has been unreachable for longer than Gateway:Session:OutageGrace");
            return false;
        }
    }

    private async Task<Session?> FindAsync(Session session, bool active, CancellationToken cancellationToken)
    {
        if (recognitions.FirstOrDefault(recognition => recognition.Owns(session)) is { } recognition)
            return await recognition.FindAsync(session, cancellationToken);
        return active
            ? await store.RenewAsync(session.Key, cancellationToken)
            : (await store.PeekAsync(session.Key, cancellationToken))?.Session;
    }

    private async Task<Dictionary<string, Session>> FindAsync(IReadOnlyList<SessionRequests> several, CancellationToken cancellationToken)
    {
        try
        {
            var found = await store.FindAsync([.. several.Select(open => open.Session.Key)], cancellationToken);
            return found.Select(decisions.Apply).OfType<Session>().ToDictionary(session => session.Key, StringComparer.Ordinal);
        }
        catch (StoreUnavailableException)
        {
            // Of a cluster, the other nodes may answer.
            return [];
        }
    }

    private Task GoOnAsync(SessionRequests open, Session session)
    {
        var now = clock.GetTimestamp();
        foreach (var request in open.Requests)
            request.Heard(now);
        return EndForbiddenAsync(open, session);
    }

    // The outage may have begun just after the store was last asked.
    private bool IsPastGrace(OpenRequest request) => clock.GetElapsedTime(request.HeardAt) > settings.OutageGrace + Interval;

    private async Task EndForbiddenAsync(SessionRequests open, Session session)
    {
        var ended = 0;
        foreach (var request in open.Requests)
        {
            if (request.RouteIfBeganOtherwise(session) is { } route
                && !await access.AllowsAsync(route, session)
                && request.Close(session.Key, SocketClose.NotAllowed))
                ended++;
        }

        Log(ended, open, "their route needs a role that the user has lost");
    }

    private void End(SessionRequests open, string reason) =>
        Log(open.Requests.Count(request => request.Close(open.Session.Key, SocketClose.SessionOver)), open, reason);

    private void Log(int ended, SessionRequests open, string reason)
    {
        if (ended > 0)
            logger.RequestsAborted(ended, SessionLog.Short(open.Session.Key), open.Session.UserId, reason);
    }
}
