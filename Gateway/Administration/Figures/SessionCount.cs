namespace Gateway.Administration.Figures;

/// <summary>How many sessions are live.</summary>
/// <param name="Number">Absent when they could not be counted. In Redis they come and go while they are counted: about so many.</param>
/// <param name="At">When the count was done.</param>
internal sealed record SessionCount(long? Number, DateTimeOffset At)
{
    /// <summary>The gateway's user in Redis has no right to look through all keys.</summary>
    public bool IsForbidden { get; init; }
}

/// <summary>Knows how many sessions are live, or will.</summary>
internal interface ISessionCounter
{
    /// <summary>The last count, at once; null when there is none yet. Whoever asks starts a new one where that takes its time.</summary>
    SessionCount? Ask();

    /// <summary>Counts now, however long that takes: not for a request.</summary>
    Task<SessionCount> CountAsync(CancellationToken cancellationToken);
}
