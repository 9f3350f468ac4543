using System.Diagnostics.Metrics;

namespace Gateway.Operations.Management.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

internal static class MetricKinds
{
    /// <summary>Null for a kind of instrument that no meter listened to has.</summary>
    public static MetricKind? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType)
            return null;
        var kind = type.GetGenericTypeDefinition();
        if (instrument.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length")
            return MetricKind.Gauge; // The runtime calls them counters, although they go down.
        if (kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>))
            return MetricKind.Counter;
        if (kind == typeof(UpDownCounter<>) || kind == typeof(ObservableUpDownCounter<>) || kind == typeof(ObservableGauge<>))
            return MetricKind.Gauge;
        return kind == typeof(Histogram<>) ? MetricKind.Histogram : null;
    }
}
