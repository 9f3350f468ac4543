using System.Collections.Frozen;

namespace Gateway.Operations.Management.Metrics;

/// <summary>
/// Which tags become labels. Every combination of values is a series that Prometheus keeps, so a tag is kept only when its values
/// are few and no visitor chooses them: no path, no address, and no host, which for a request to a destination can be the
/// visitor's own <c>Host</c> header.
/// </summary>
internal static class KeptTags
{
    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "http.connection.state",
        "error.type",
        "gc.heap.generation",
        "cpu.mode",
        "restored",
        "result");
}
