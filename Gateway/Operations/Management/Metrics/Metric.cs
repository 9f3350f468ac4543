using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>What is told under one name.</summary>
internal abstract class Metric
{
    /// <summary>More series than any honest metric has; what comes after them is counted together.</summary>
    public const int MostSeries = 1000;

    /// <summary>What the OpenTelemetry libraries use, in seconds.</summary>
    protected static readonly IReadOnlyList<double> DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    protected static readonly Tag[] Overflow = [new("overflow", "true")];

    public abstract string Name { get; }

    public abstract MetricKind Kind { get; }

    public abstract string Description { get; }

    public abstract IEnumerable<(Tag[] Labels, Series Series)> All { get; }
}
