namespace Gateway.Sessions.Live;

/// <summary>Asks whether a session is still there, once for all of its running requests, and ends them when it is not.</summary>
internal sealed class SessionCheck(ISessionStore store, SessionSettings settings, TimeProvider clock, ILogger<SessionCheck> logger)
{
    /// <summary>How often a session with running requests is looked at.</summary>
    public TimeSpan Interval { get; } = TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(2).Ticks, settings.IdleTimeout.Ticks / 4));

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
            if (await IsThereAsync(open.Session.Key, active.Count > 0, cancellationToken))
                Confirm(open);
            else
                End(open, "the session is over");
            return true;
        }
        catch (StoreUnavailableException)
        {
            active.ForEach(request => request.ReturnActivity());
            if (open.Requests.All(IsPastGrace))
                End(open, "the session store has been unreachable for longer than Gateway:Session:OutageGrace");
            return false;
        }
    }

    private async Task<bool> IsThereAsync(string key, bool active, CancellationToken cancellationToken) => active
        ? await store.RenewAsync(key, cancellationToken) is not null
        : await store.PeekAsync(key, cancellationToken) is not null;

    private void Confirm(SessionRequests open)
    {
        var now = clock.GetTimestamp();
        foreach (var request in open.Requests)
            request.Heard(now);
    }

    // The outage may have begun just after the store was last asked.
    private bool IsPastGrace(OpenRequest request) => clock.GetElapsedTime(request.HeardAt) > settings.OutageGrace + Interval;

    private void End(SessionRequests open, string reason)
    {
        var ended = open.Requests.Count(request => request.Close(open.Session.Key));
        if (ended > 0)
            logger.RequestsAborted(ended, SessionLog.Short(open.Session.Key), open.Session.UserId, reason);
    }
}
