using System.Globalization;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Forwarding;

/// <summary>What the gateway itself reads from the <c>Metadata</c> of YARP's routes and clusters.</summary>
internal static class ProxyMetadata
{
    private const string Prefix = "Gateway.";
    private const string ExtendsSessionKey = Prefix + "ExtendsSession";
    private const string MostRequestsKey = Prefix + "MaxConcurrentRequests";

    /// <summary>Whether a request on this route keeps its session alive: unless the route says <c>false</c>.</summary>
    public static bool ExtendsSession(RouteConfig route) =>
        route.Metadata is null || !route.Metadata.TryGetValue(ExtendsSessionKey, out var value) || !bool.TryParse(value, out var extends) || extends;

    /// <summary>How many requests each destination of the cluster may work on at a time; null where the cluster doesn't say.</summary>
    public static int? MostRequests(ClusterConfig cluster) =>
        cluster.Metadata is not null && cluster.Metadata.TryGetValue(MostRequestsKey, out var value) && TryReadCount(value, out var most) ? most : null;

    public static IEnumerable<(string Key, string Message)> Faults(RouteConfig route) => Faults(
        $"{ProxyRules.Section}:Routes:{route.RouteId}:Metadata",
        route.Metadata,
        ExtendsSessionKey,
        value => bool.TryParse(value, out _) ? null : $"'{value}' is not true or false");

    public static IEnumerable<(string Key, string Message)> Faults(ClusterConfig cluster) => Faults(
        $"{ProxyRules.Section}:Clusters:{cluster.ClusterId}:Metadata",
        cluster.Metadata,
        MostRequestsKey,
        value => TryReadCount(value, out _) ? null : $"'{value}' is not a whole number above 0");

    // Other keys may be somebody else's; a misspelt one of ours would go unnoticed.
    private static IEnumerable<(string Key, string Message)> Faults(
        string section, IReadOnlyDictionary<string, string>? metadata, string known, Func<string, string?> fault)
    {
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (string.Equals(key, known, StringComparison.OrdinalIgnoreCase))
            {
                if (fault(value) is { } message)
                    yield return ($"{section}:{key}", message);
            }
            else if (key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return ($"{section}:{key}", $"is unknown; known here is {known}");
            }
        }
    }

    private static bool TryReadCount(string value, out int count) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
