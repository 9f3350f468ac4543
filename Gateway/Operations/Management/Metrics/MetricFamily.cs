using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>A metric with all its series.</summary>
internal sealed class MetricFamily
{
    /// <summary>More series than any honest instrument has; what comes after them is counted together.</summary>
    public const int MostSeries = 1000;

    // What the OpenTelemetry libraries use, in seconds.
    private static readonly IReadOnlyList<double> DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly Tag[] Overflow = [new("overflow", "true")];
    private static readonly TagComparer Comparer = new();

    private readonly ConcurrentDictionary<Tag[], Series> series;
    private readonly ConcurrentDictionary<Tag[], Series>.AlternateLookup<ReadOnlySpan<Tag>> byTags;
    private readonly Lazy<Series> overflow;
    private readonly IReadOnlyList<double> bounds;
    private int count;

    public MetricFamily(Instrument instrument, MetricKind kind)
    {
        Name = MetricName.Of(instrument.Name, instrument.Unit, kind);
        Kind = kind;
        Description = instrument.Description ?? "";
        IsObserved = instrument.IsObservable;
        bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? DefaultBounds;
        series = new(Comparer);
        byTags = series.GetAlternateLookup<ReadOnlySpan<Tag>>();
        overflow = new(NewSeries);
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    public string Description { get; }

    /// <summary>Whether its values are asked for at each scrape, instead of being told as they come.</summary>
    public bool IsObserved { get; }

    public IEnumerable<(Tag[] Labels, Series Series)> All
    {
        get
        {
            foreach (var (labels, one) in series)
                yield return (labels, one);
            if (overflow.IsValueCreated)
                yield return (Overflow, overflow.Value);
        }
    }

    public void Record(double value, ReadOnlySpan<Tag> tags)
    {
        if (!byTags.TryGetValue(tags, out var found))
            found = Add(tags);
        found.Record(value);
    }

    public void Clear()
    {
        series.Clear();
        count = 0;
    }

    private Series Add(ReadOnlySpan<Tag> tags)
    {
        if (Volatile.Read(ref count) >= MostSeries)
            return overflow.Value;
        var fresh = NewSeries();
        var added = series.GetOrAdd(Comparer.Create(tags), fresh);
        if (ReferenceEquals(added, fresh))
            Interlocked.Increment(ref count);
        return added;
    }

    private Series NewSeries() => Kind is MetricKind.Histogram ? new Buckets(bounds) : new Sum();
}
