using System.Diagnostics.Metrics;

namespace Gateway.Operations;

/// <summary>What the gateway counts about itself. Costs next to nothing while nobody listens.</summary>
internal sealed class GatewayMeter
{
    public const string Name = "Gateway";

    private static readonly KeyValuePair<string, object?> Restored = new("restored", "true");
    private static readonly KeyValuePair<string, object?> NotRestored = new("restored", "false");
    private static readonly KeyValuePair<string, object?> Success = new("result", "success");
    private static readonly KeyValuePair<string, object?> Refused = new("result", "refused");
    private static readonly KeyValuePair<string, object?> Address = new("result", "address");
    private static readonly KeyValuePair<string, object?> Busy = new("result", "busy");

    private readonly Counter<long> sessionsBegun;
    private readonly Counter<long> sessionsEnded;
    private readonly Counter<long> logins;
    private readonly Counter<long> storeUnavailable;
    private readonly Histogram<double> storeDuration;
    private readonly Counter<long> destinationFull;
    private readonly Counter<long> auditDropped;
    private readonly Counter<long> browsersLookedUp;

    public GatewayMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        sessionsBegun = meter.CreateCounter<long>("gateway.sessions.begun", "{session}", "Sessions begun by a login or restored for a remembered browser.");
        sessionsEnded = meter.CreateCounter<long>("gateway.sessions.ended", "{session}", "Sessions ended by a logout, a new login or an operator; not those that timed out.");
        logins = meter.CreateCounter<long>("gateway.logins", "{login}", "Attempts to log in.");
        storeUnavailable = meter.CreateCounter<long>("gateway.store.unavailable", "{question}", "Questions to Redis that failed or were not answered in time.");
        destinationFull = meter.CreateCounter<long>("gateway.destination.full", "{request}", "Requests refused because their destination was working on as many as it may.");
        auditDropped = meter.CreateCounter<long>("gateway.audit.dropped", "{event}", "Events of the audit trail that were lost.");
        browsersLookedUp = meter.CreateCounter<long>("gateway.browsers.lookups", "{lookup}", "Look-ups of remembered browsers in the user database.");
        storeDuration = meter.CreateHistogram(
            "gateway.store.duration",
            "s",
            "Time that Redis took to answer a question.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] });
    }

    public void SessionBegan(bool restored) => sessionsBegun.Add(1, restored ? Restored : NotRestored);

    public void SessionEnded() => sessionsEnded.Add(1);

    public void LoggedIn() => logins.Add(1, Success);

    public void LoginRefused() => logins.Add(1, Refused);

    /// <summary>Too many failures came from its address.</summary>
    public void LoginRefusedByAddress() => logins.Add(1, Address);

    /// <summary>Too many were waiting for the password hashing.</summary>
    public void LoginBusy() => logins.Add(1, Busy);

    public void StoreAnswered(TimeSpan elapsed) => storeDuration.Record(elapsed.TotalSeconds);

    public void StoreUnavailable() => storeUnavailable.Add(1);

    public void DestinationFull() => destinationFull.Add(1);

    public void AuditDropped(int count) => auditDropped.Add(count);

    public void BrowserLookedUp() => browsersLookedUp.Add(1);

    /// <summary>Shows every counter from the start: a rate can't see the step from absent to one.</summary>
    public void ShowZeros()
    {
        sessionsBegun.Add(0, Restored);
        sessionsBegun.Add(0, NotRestored);
        sessionsEnded.Add(0);
        logins.Add(0, Success);
        logins.Add(0, Refused);
        logins.Add(0, Address);
        logins.Add(0, Busy);
        storeUnavailable.Add(0);
        destinationFull.Add(0);
        auditDropped.Add(0);
        browsersLookedUp.Add(0);
    }
}
