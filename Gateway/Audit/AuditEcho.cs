namespace Gateway.Audit;

/// <summary>Repeats the trail in the log, for those who collect logs; in a category of its own, so that it can go to a place of its own.</summary>
internal sealed class AuditEcho(AuditSettings settings, ILoggerFactory loggers)
{
    private const string Category = "Gateway.Audit";

    private readonly ILogger logger = loggers.CreateLogger(Category);

    public void Tell(IReadOnlyList<AuditEvent> events)
    {
        if (!settings.Log)
            return;
        foreach (var what in events)
            logger.Audited(what.At.UtcDateTime, what.Action, what.Actor, what.Subject, what.Address, what.UserAgent, what.Detail);
    }
}
