using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>How many requests run.</summary>
internal sealed class ActiveRequests : Metric
{
    private long count;

    public override string Name => "http_server_active_requests";

    public override MetricKind Kind => MetricKind.Gauge;

    public override string Description => "Requests that are running.";

    public override IEnumerable<(Tag[] Labels, Series Series)> All
    {
        get
        {
            var now = new Sum();
            now.Record(Interlocked.Read(ref count));
            yield return ([], now);
        }
    }

    public void Begin() => Interlocked.Increment(ref count);

    public void End() => Interlocked.Decrement(ref count);
}
