namespace Gateway.Login.Throttle;

/// <summary>Counts attempts under a name. What it knows may be lost at any time.</summary>
internal interface IAttemptCounter
{
    /// <summary>
    /// Counts one more. The first one keeps the count alive for a <paramref name="window"/>, and so does every further one up to
    /// <paramref name="prolongTo"/>; those beyond it don't, so that nobody can keep a lock closed for ever.
    /// </summary>
    /// <exception cref="Sessions.StoreUnavailableException">The count can't be kept.</exception>
    Task<AttemptCount> AddAsync(string name, int prolongTo, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Counts one less, as if it had never been made; nothing when there is no count any more.</summary>
    /// <exception cref="Sessions.StoreUnavailableException">It stays counted.</exception>
    Task TakeBackAsync(string name, CancellationToken cancellationToken);

    Task ClearAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks without counting; null when there is no count.</summary>
    /// <exception cref="Sessions.StoreUnavailableException">Nobody can tell.</exception>
    Task<AttemptCount?> LookAsync(string name, CancellationToken cancellationToken);
}

/// <param name="Left">Until the count is forgotten.</param>
internal sealed record AttemptCount(long Number, TimeSpan Left);
