using System.Globalization;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Forwarding;

/// <summary>What the gateway itself reads from the <c>Metadata</c> of YARP's routes and clusters.</summary>
internal static class ProxyMetadata
{
    private const string Prefix = "Gateway.";
    private const string ExtendsSessionKey = Prefix + "ExtendsSession";
    private const string SecondFactorKey = Prefix + "SecondFactor";
    private const string ReauthenticateWithinKey = Prefix + "ReauthenticateWithin";
    private const string Required = "required";

    // Shorter, and the page would be over before it is there.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private const string MostRequestsKey = Prefix + "MaxConcurrentRequests";

    /// <summary>Whether a request on this route keeps its session alive: unless the route says <c>false</c>.</summary>
    public static bool ExtendsSession(RouteConfig route) =>
        route.Metadata is null || !route.Metadata.TryGetValue(ExtendsSessionKey, out var value) || !bool.TryParse(value, out var extends) || extends;

    /// <summary>Whether a session needs a second factor for it.</summary>
    public static bool NeedsSecondFactor(RouteConfig route) =>
        route.Metadata?.TryGetValue(SecondFactorKey, out var value) == true && string.Equals(value, Required, StringComparison.OrdinalIgnoreCase);

    /// <summary>How long ago the password may have been entered; null where the route doesn't ask.</summary>
    public static TimeSpan? ReauthenticateWithin(RouteConfig route) =>
        route.Metadata?.TryGetValue(ReauthenticateWithinKey, out var value) == true && TryReadSpan(value, out var within) ? within : null;

    /// <summary>How many requests each destination of the cluster may work on at a time; null where the cluster doesn't say.</summary>
    public static int? MostRequests(ClusterConfig cluster) =>
        cluster.Metadata is not null && cluster.Metadata.TryGetValue(MostRequestsKey, out var value) && TryReadCount(value, out var most) ? most : null;

    public static IEnumerable<(string Key, string Message)> Faults(RouteConfig route) => Faults(
        $"{ProxyRules.Section}:Routes:{route.RouteId}:Metadata",
        route.Metadata,
        (ExtendsSessionKey, value => bool.TryParse(value, out _) ? null : $"'{value}' is not true or false"),
        (SecondFactorKey, value => string.Equals(value, Required, StringComparison.OrdinalIgnoreCase) ? OfSession(route) : $"'{value}' is not {Required}"),
        (ReauthenticateWithinKey, value => TryReadSpan(value, out _)
            ? OfSession(route)
            : $"'{value}' is not a time span between {Shortest} and {Longest}: write hh:mm:ss or days.hh:mm:ss"));

    public static IEnumerable<(string Key, string Message)> Faults(ClusterConfig cluster) => Faults(
        $"{ProxyRules.Section}:Clusters:{cluster.ClusterId}:Metadata",
        cluster.Metadata,
        (MostRequestsKey, value => TryReadCount(value, out _) ? null : $"'{value}' is not a whole number above 0"));

    // Who is asked to show more has to be somebody.
    private static string? OfSession(RouteConfig route) => string.Equals(route.AuthorizationPolicy, "Anonymous", StringComparison.OrdinalIgnoreCase)
        ? "asks for somebody who is signed in, and AuthorizationPolicy is Anonymous"
        : null;

    // Other keys may be somebody else's; a misspelt one of ours would go unnoticed.
    private static IEnumerable<(string Key, string Message)> Faults(
        string section, IReadOnlyDictionary<string, string>? metadata, params (string Key, Func<string, string?> Fault)[] known)
    {
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (known.FirstOrDefault(entry => string.Equals(key, entry.Key, StringComparison.OrdinalIgnoreCase)).Fault is { } fault)
            {
                if (fault(value) is { } message)
                    yield return ($"{section}:{key}", message);
            }
            else if (key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return ($"{section}:{key}", $"is unknown; known here {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known.Select(entry => entry.Key))}");
            }
        }
    }

    private static bool TryReadSpan(string value, out TimeSpan span) =>
        TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out span) && value.Contains(':', StringComparison.Ordinal) && span >= Shortest && span <= Longest;

    private static bool TryReadCount(string value, out int count) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
