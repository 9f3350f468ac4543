namespace Gateway.Sessions;

/// <summary>
/// Where sessions live. What is not there is null or false; a store that can't answer throws
/// <see cref="StoreUnavailableException"/>, because an outage is never a logout.
/// </summary>
internal interface ISessionStore
{
    /// <summary>Reads a session and begins its idle timeout anew. Never brings one back that is gone.</summary>
    Task<Session?> RenewAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads a session without extending it.</summary>
    Task<LiveSession?> PeekAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Reads many sessions without extending them, in as few questions as there can be. Says which are there, and of none that it is
    /// gone: that is for <see cref="PeekAsync"/> to say.
    /// </summary>
    Task<IReadOnlyList<Session>> FindAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a session, unless there is one under this key already: that one stays as it is. Returns the new one as it is in the store;
    /// null when there is none, or when that can't be told: then it is to be looked at.
    /// </summary>
    Task<(bool IsNew, Session? Session)> CreateAsync(Session session, CancellationToken cancellationToken);

    /// <summary>Replaces what is told of the user, keeping the time to live. False when the session is gone.</summary>
    Task<bool> UpdateAsync(Session session, CancellationToken cancellationToken);

    /// <summary>Ends a session on every node. False when it was gone already.</summary>
    Task<bool> RemoveAsync(string key, string userId, CancellationToken cancellationToken);

    /// <summary>The live sessions of a user, the oldest first.</summary>
    Task<IReadOnlyList<LiveSession>> ListAsync(string userId, CancellationToken cancellationToken);

    /// <summary>
    /// Agrees on a value with everybody who proposes one under the same name at about the same time: the first proposal wins and is
    /// returned to all of them until <paramref name="lifetime"/> is over.
    /// </summary>
    Task<string> AgreeAsync(string name, string proposal, TimeSpan lifetime, CancellationToken cancellationToken);
}

/// <param name="IdleExpiresAt">When the session ends if no request comes until then.</param>
internal sealed record LiveSession(Session Session, DateTimeOffset IdleExpiresAt)
{
    /// <summary>When it was used last, to some seconds; null where the absolute timeout comes before the idle one and hides it.</summary>
    public DateTimeOffset? LastSeen(TimeSpan idleTimeout) => IdleExpiresAt + TimeSpan.FromSeconds(2) < Session.ExpiresAt
        ? Latest(IdleExpiresAt - idleTimeout, Session.StartedAt)
        : null;

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>The session store could not answer in time, or at all.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Worth a line in the log: during an outage that is known, and said, every request would add another.</summary>
    public bool IsNews { get; init; } = inner is not null;

    /// <summary>What Redis or its client says of it. That may name the key of the question, of which the log gets no more than elsewhere.</summary>
    public string Reason => SessionLog.WithoutKeys(InnerException?.Message ?? Message);

    /// <summary>What only reads may be answered all the same.</summary>
    public bool RefusesWrites { get; init; }
}
