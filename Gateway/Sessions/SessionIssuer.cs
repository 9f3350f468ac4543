using Gateway.Operations;

namespace Gateway.Sessions;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionIssuer(ISessionStore store, SessionReconciler reconciler, GatewayMeter meter, ILogger<SessionIssuer> logger)
{
    /// <summary>The <see cref="SessionId"/> to sign in with, for a caller who has agreed on one; otherwise a new one is drawn.</summary>
    public const string IdParameter = "session-id";

    /// <summary>The session as it now is in the store: the draft, or an equal one that somebody began under the same id.</summary>
    public async Task<Session> BeginAsync(Session draft, CancellationToken cancellationToken)
    {
        if (await store.CreateAsync(draft, cancellationToken))
        {
            meter.SessionBegan(draft.Restored);
            logger.SessionBegan(SessionLog.Short(draft.Key), draft.UserId, draft.Restored);
        }

        // The user may have been disabled or changed since they were read. Whoever did that ended the sessions there were at that
        // moment: either they saw this one, or this look sees what they wrote.
        await reconciler.ReconcileAsync(draft.UserId, only: draft.Key, cancellationToken);
        return draft;
    }

    /// <param name="userId">The owner where the caller knows one; otherwise the record tells.</param>
    public async Task EndAsync(string key, string? userId, string reason, CancellationToken cancellationToken)
    {
        var live = await store.PeekAsync(key, cancellationToken);
        var owner = live?.Session.UserId ?? userId;
        if (owner is null || !await store.RemoveAsync(key, owner, cancellationToken))
            return;
        meter.SessionEnded();
        logger.SessionEnded(SessionLog.Short(key), owner, reason);
    }
}
