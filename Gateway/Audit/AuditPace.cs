namespace Gateway.Audit;

/// <summary>
/// Bounds what costs a client nothing and the trail a row: one event of each source a minute, and a thousand altogether. How often it
/// happened, the metrics tell.
/// </summary>
internal sealed class AuditPace(TimeProvider clock)
{
    private const int Most = 1000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private DateTimeOffset end;

    public bool Allows(string source)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            // A clock that was set back must not silence anybody for long.
            if (now >= end || now < end - Window)
            {
                seen.Clear();
                end = now + Window;
            }

            return seen.Count < Most && seen.Add(source);
        }
    }
}
