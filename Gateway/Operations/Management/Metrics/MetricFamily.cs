using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>What an instrument measures, with all its series.</summary>
internal sealed class MetricFamily : Metric
{
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

    public override string Name { get; }

    public override MetricKind Kind { get; }

    public override string Description { get; }

    /// <summary>Whether its values are asked for at each scrape, instead of being told as they come.</summary>
    public bool IsObserved { get; }

    public override IEnumerable<(Tag[] Labels, Series Series)> All
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
