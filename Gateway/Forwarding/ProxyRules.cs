using Yarp.ReverseProxy.Configuration;

namespace Gateway.Forwarding;

/// <summary>What a route and a cluster need that YARP itself asks for only when the first request comes.</summary>
internal static class ProxyRules
{
    public const string Section = "ReverseProxy";

    // What YARP reads of a route. It passes over every other key in silence, and a misspelt policy or method is protection that is not there.
    private static readonly string[] OfRoutes = KeysOf<RouteConfig>();
    private static readonly string[] OfMatches = KeysOf<RouteMatch>();

    /// <summary>
    /// Key and fault of a route whose cluster is not there, of keys that nobody reads, and of what its metadata says to the gateway.
    /// </summary>
    public static IEnumerable<(string Key, string Message)> Faults(RouteConfig route, bool hasCluster, IConfiguration configuration)
    {
        var written = configuration.GetSection($"{Section}:Routes:{route.RouteId}");
        foreach (var fault in UnknownKeys(written, OfRoutes).Concat(UnknownKeys(written.GetSection(nameof(RouteConfig.Match)), OfMatches)))
            yield return fault;
        if (!hasCluster)
            yield return ($"{Section}:Routes:{route.RouteId}:ClusterId", $"there is no cluster '{route.ClusterId}'");
        foreach (var fault in ProxyMetadata.Faults(route))
            yield return fault;
    }

    /// <summary>Key and fault of each destination that can't be an application's address, and of the metadata.</summary>
    public static IEnumerable<(string Key, string Message)> Faults(ClusterConfig cluster) => Addresses(cluster).Concat(ProxyMetadata.Faults(cluster));

    private static string[] KeysOf<T>() => [.. typeof(T).GetProperties().Select(property => property.Name)];

    private static IEnumerable<(string Key, string Message)> UnknownKeys(IConfigurationSection section, string[] known) =>
        from child in section.GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select (child.Path, $"is unknown; known here are {string.Join(", ", known)}");

    private static IEnumerable<(string Key, string Message)> Addresses(ClusterConfig cluster) =>
        from destination in cluster.Destinations ?? new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
        where !Uri.TryCreate(destination.Value.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
        select ($"{Section}:Clusters:{cluster.ClusterId}:Destinations:{destination.Key}:Address", $"'{destination.Value.Address}' is not an http or https address");
}

/// <summary>Holds each configuration against the rules, so that a reload which breaks one is refused and the old routes stay.</summary>
internal sealed class ProxyRulesFilter(IConfiguration configuration) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        if (ProxyRules.Faults(cluster).ToList() is [var (key, message), ..])
            throw new ArgumentException($"{key}: {message}", nameof(cluster));
        return new ValueTask<ClusterConfig>(cluster);
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        if (ProxyRules.Faults(route, cluster is not null, configuration).ToList() is [var (key, message), ..])
            throw new ArgumentException($"{key}: {message}", nameof(route));
        return new ValueTask<RouteConfig>(route);
    }
}
