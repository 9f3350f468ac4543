using System.Collections.Concurrent;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Gateway.Operations.Management.Metrics;

/// <summary>
/// How long requests take, under the name that the framework's own instrument has. That one costs several times as much at every
/// request, most of it for tags that are not kept here; whoever collects it by other means still can.
/// </summary>
internal sealed class RequestDurations : Metric
{
    private readonly ConcurrentDictionary<RequestKind, Buckets> series = new();

    public override string Name => "http_server_request_duration_seconds";

    public override MetricKind Kind => MetricKind.Histogram;

    public override string Description => "Duration of requests.";

    public override IEnumerable<(Tag[] Labels, Series Series)> All => series.Select(one => (one.Key.Labels, (Series)one.Value));

    public void Record(HttpContext context, TimeSpan elapsed)
    {
        var kind = new RequestKind(context.Request.Method, context.Response.StatusCode, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        if (!series.TryGetValue(kind, out var found))
            found = series.GetOrAdd(series.Count < MostSeries ? kind.Bounded() : default, static _ => new Buckets(DefaultBounds));
        found.Record(elapsed.TotalSeconds);
    }

    /// <param name="Method">Null for what is counted together.</param>
    private readonly record struct RequestKind(string? Method, int Status, string? Route)
    {
        // Of RFC 9110 and 5789; visitors can make up others.
        private static readonly HashSet<string> Methods =
            new(StringComparer.Ordinal) { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH" };

        public Tag[] Labels => this switch
        {
            { Method: null } => Overflow,
            { Route: null } => [new("http.request.method", Method), new("http.response.status_code", Status)],
            _ => [new("http.request.method", Method), new("http.response.status_code", Status), new("http.route", Route)],
        };

        public RequestKind Bounded() => Methods.Contains(Method!) ? this : this with { Method = "_OTHER" };
    }
}
