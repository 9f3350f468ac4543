using System.Text.RegularExpressions;

namespace Gateway.Operations.Management.Metrics;

/// <summary>Names as OpenTelemetry turns them into Prometheus names: dots to underscores, the unit and <c>_total</c> at the end.</summary>
internal static partial class MetricName
{
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = WithEnd(Label(instrument), unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        });
        return kind is MetricKind.Counter ? WithEnd(name, "_total") : name;
    }

    public static string Label(string tag) => NotAllowed().Replace(tag, "_");

    private static string WithEnd(string name, string end) => name.EndsWith(end, StringComparison.Ordinal) ? name : name + end;

    [GeneratedRegex("^(?=[0-9])|[^a-zA-Z0-9_]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotAllowed();
}
