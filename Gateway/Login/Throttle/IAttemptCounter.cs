namespace Gateway.Login.Throttle;

/// <summary>Counts attempts under a name. What it knows may be lost at any time.</summary>
internal interface IAttemptCounter
{
    /// <summary>
    /// Counts one more and returns how many there are now. Up to <paramref name="limit"/>, each one keeps the count alive for another
    /// <paramref name="window"/>; further ones don't, so that nobody can keep a lock closed for ever.
    /// </summary>
    /// <exception cref="Sessions.StoreUnavailableException">The count can't be kept.</exception>
    Task<long> AddAsync(string name, int limit, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Takes one back that should not have been counted.</summary>
    /// <exception cref="Sessions.StoreUnavailableException">It stays counted.</exception>
    Task TakeBackAsync(string name, CancellationToken cancellationToken);

    Task ClearAsync(string name, CancellationToken cancellationToken);
}
