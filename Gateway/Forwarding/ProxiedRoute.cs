using Yarp.ReverseProxy.Configuration;

namespace Gateway.Forwarding;

/// <summary>What every request on a route of YARP needs to know of it, worked out once for as long as the route stays as it is.</summary>
internal sealed class ProxiedRoute(RouteConfig route)
{
    public static ProxiedRoute? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProxiedRoute>();

    /// <summary>Whether a request on it keeps its session alive.</summary>
    public bool ExtendsSession { get; } = ProxyMetadata.ExtendsSession(route);

    /// <summary>
    /// Whether it says nothing about authorization, so that a signed-in user is all it asks for. Whatever says anything, be it to allow
    /// everybody, is for the framework to judge.
    /// </summary>
    public bool NeedsSessionOnly { get; } = string.IsNullOrEmpty(route.AuthorizationPolicy);
}
