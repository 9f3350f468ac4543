using System.Diagnostics.Metrics;
using Gateway.Operations.Management.Metrics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Tests.Operations.Management;

public sealed class MetricFamilyTests : IDisposable
{
    private readonly Meter meter = new("Test");

    public void Dispose() => meter.Dispose();

    [Fact]
    public void Text_OfOddLabelsAndHelp_IsEscaped()
    {
        var family = new MetricFamily(meter.CreateCounter<long>("a.b-c", null, "One\\two\n\"three\""), MetricKind.Counter);

        family.Record(1, [new("error.type", "x\\y\n\"z\"")]);

        Assert.Equal(
            """
            # HELP a_b_c_total One\\two\n"three"
            # TYPE a_b_c_total counter
            a_b_c_total{error_type="x\\y\n\"z\""} 1

            """.ReplaceLineEndings("\n"),
            PrometheusText.Write([family]));
    }

    [Fact]
    public void Text_OfAHistogram_CumulatesItsBuckets()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var family = new MetricFamily(meter.CreateHistogram("time", "s", null, tags: null, advice), MetricKind.Histogram);

        foreach (var value in new[] { 0.05, 0.1, 0.5, 2 })
            family.Record(value, []);

        Assert.Equal(
            """
            # TYPE time_seconds histogram
            time_seconds_bucket{le="0.1"} 2
            time_seconds_bucket{le="1"} 3
            time_seconds_bucket{le="+Inf"} 4
            time_seconds_sum 2.65
            time_seconds_count 4

            """.ReplaceLineEndings("\n"),
            PrometheusText.Write([family]));
    }

    [Fact]
    public void Series_OfTheSameLabels_AreOne()
    {
        var family = Counter();

        family.Record(1, [new("result", "a"), new("error.type", "b")]);
        family.Record(2, [new("error.type", "b"), new("url.path", "/x"), new("result", "a")]);
        family.Record(4, [new("result", "a"), new("error.type", "b"), new("result", "c"), new("http.route", null)]);

        Assert.Equal(7, ((Sum)Assert.Single(family.All).Series).Value);
    }

    [Fact]
    public void Series_BeyondTheMost_AreCountedTogether()
    {
        var family = Counter();

        for (var index = 0; index < Metric.MostSeries + 5; index++)
            family.Record(1, [new("error.type", index)]);

        Assert.Equal(Metric.MostSeries + 1, family.All.Count());
        Assert.EndsWith("total{overflow=\"true\"} 5\n", PrometheusText.Write([family]), StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_InAKnownSeries_AllocatesNothing()
    {
        var family = new MetricFamily(meter.CreateHistogram<double>("time", "s"), MetricKind.Histogram);
        Tag[] tags = [new("http.request.method", "GET"), new("http.response.status_code", 200), new("url.scheme", "http")];
        family.Record(0.1, tags);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 1000; index++)
            family.Record(0.1, tags);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Recording_FromManyThreads_LosesNothing()
    {
        var family = Counter();

        Parallel.For(0, 100_000, index => family.Record(1, [new("result", index % 2 == 0 ? "even" : "odd")]));

        Assert.All(family.All, one => Assert.Equal(50_000, ((Sum)one.Series).Value));
    }

    private MetricFamily Counter() => new(meter.CreateCounter<long>("total"), MetricKind.Counter);
}
