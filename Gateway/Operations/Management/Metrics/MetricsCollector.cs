using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>Adds up what the gateway's own meter and the framework's measure, until somebody asks.</summary>
internal sealed class MetricsCollector(IMeterFactory meters, ActiveRequests active, RequestDurations durations) : IDisposable
{
    private static readonly HashSet<string> Meters = new(StringComparer.Ordinal)
    {
        GatewayMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
    };

    // Counted at each request, each at more than it costs to find its session, and told by ActiveRequests and RequestDurations.
    private static readonly HashSet<string> TooBusy = new(StringComparer.Ordinal)
    {
        "http.server.active_requests", "http.server.request.duration", "kestrel.queued_requests",
        "http.client.active_requests", "http.client.request.duration", "http.client.open_connections", "http.client.request.time_in_queue",
    };

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly Lock scraping = new();

    public void Start()
    {
        listener.InstrumentPublished = Listen;
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        listener.Start();
    }

    public string Scrape()
    {
        lock (scraping)
        {
            foreach (var family in families.Values.Where(family => family.IsObserved))
                family.Clear();
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // An instrument could not tell its value, and is missing in this answer; all others were asked.
            }

            return PrometheusText.Write([active, durations, .. families.Values]);
        }
    }

    public void Dispose() => listener.Dispose();

    // A meter with another factory belongs to another host in this process; without one, to the process.
    private void Listen(Instrument instrument, MeterListener to)
    {
        var meter = instrument.Meter;
        if (!Meters.Contains(meter.Name) || (meter.Scope is not null && !ReferenceEquals(meter.Scope, meters)))
            return;
        if (TooBusy.Contains(instrument.Name) || MetricKinds.Of(instrument) is not { } kind)
            return;

        var family = new MetricFamily(instrument, kind);
        // Instruments of one name feed one metric: a name may appear only once.
        family = families.GetOrAdd(family.Name, family);
        if (family.Kind == kind)
            to.EnableMeasurementEvents(instrument, family);
    }

    private static void Record(object? family, double value, ReadOnlySpan<Tag> tags) => ((MetricFamily)family!).Record(value, tags);
}
