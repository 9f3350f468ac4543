using System.Threading.Channels;
using Gateway.Operations;

namespace Gateway.Audit;

/// <summary>
/// Takes down what happens, in no time and without ever failing: events wait in memory for <see cref="AuditWriter"/>. What must not
/// come about without its event is an <see cref="AuditedChange"/> instead.
/// </summary>
internal sealed class AuditTrail(AuditSettings settings, TimeProvider clock, GatewayMeter meter)
{
    /// <summary>Some megabytes, and some hours of logins while the database is away; beyond them events are lost, and counted.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<AuditEvent> waiting = Channel.CreateBounded<AuditEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int lost;

    public ChannelReader<AuditEvent> Waiting => waiting.Reader;

    /// <summary>Something that the client of this request did.</summary>
    public void Note(HttpContext context, AuditEvent what)
    {
        if (settings.Records(what.Action))
            Note(what.From(context));
    }

    public void Note(AuditEvent what)
    {
        if (Stamp(what) is { } stamped && !waiting.Writer.TryWrite(stamped))
            Lost(1);
    }

    /// <summary>The event as of this moment; null when its kind is not recorded.</summary>
    public AuditEvent? Stamp(AuditEvent what) => settings.Records(what.Action) ? (what with { At = clock.GetUtcNow() }).Fitted() : null;

    public void Lost(int count)
    {
        Interlocked.Add(ref lost, count);
        meter.AuditDropped(count);
    }

    /// <summary>How many were lost since this was asked last.</summary>
    public int TakeLost() => Interlocked.Exchange(ref lost, 0);

    /// <summary>Nothing comes any more.</summary>
    public void Complete() => waiting.Writer.TryComplete();
}
