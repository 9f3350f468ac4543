using System.Globalization;
using System.Text;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<Metric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal))
            Append(text, metric);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Metric metric)
    {
        var all = metric.All.ToList();
        if (all.Count == 0)
            return;
        if (metric.Description.Length > 0)
            text.Append("# HELP ").Append(metric.Name).Append(' ').Append(Escaped(metric.Description)).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(TypeOf(metric.Kind)).Append('\n');
        foreach (var (labels, series) in all)
        {
            if (series is Buckets buckets)
                Append(text, metric.Name, labels, buckets);
            else
                Append(text, metric.Name, labels, ((Sum)series).Value);
        }
    }

    private static void Append(StringBuilder text, string name, Tag[] labels, Buckets buckets)
    {
        var count = 0L;
        foreach (var (bound, upTo) in buckets.Cumulated())
        {
            Append(text, name + "_bucket", [.. labels, new Tag("le", Number(bound))], upTo);
            count = upTo;
        }

        Append(text, name + "_sum", labels, buckets.Sum);
        Append(text, name + "_count", labels, count);
    }

    private static void Append(StringBuilder text, string name, Tag[] labels, double value)
    {
        text.Append(name);
        for (var index = 0; index < labels.Length; index++)
        {
            var (tag, label) = labels[index];
            text.Append(index == 0 ? '{' : ',').Append(MetricName.Label(tag)).Append("=\"")
                .Append(Escaped(Convert.ToString(label, CultureInfo.InvariantCulture)!).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append(labels.Length == 0 ? " " : "} ").Append(Number(value)).Append('\n');
    }

    private static string Escaped(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
