using System.Security.Claims;
using Gateway.Sessions;
using Gateway.StepUp;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.Forwarding;

/// <summary>What every request on a route of YARP needs to know of it, worked out once for as long as the route stays as it is.</summary>
internal sealed class ProxiedRoute(RouteConfig route)
{
    private readonly bool saysNothing = string.IsNullOrEmpty(route.AuthorizationPolicy);
    private readonly string[]? roles = RoutePolicies.RolesOf(route.AuthorizationPolicy);

    public static ProxiedRoute? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProxiedRoute>();

    /// <summary>Whether a request on it keeps its session alive.</summary>
    public bool ExtendsSession { get; } = ProxyMetadata.ExtendsSession(route);

    /// <summary>What it asks of a session beyond its roles; null where that is nothing.</summary>
    public RouteDemands? Demands { get; } = RouteDemands.Of(route);

    /// <summary>
    /// Whether the visitor may pass, as far as there is no doubt: somebody is signed in, and the route asks for nothing more or for a
    /// role that they have. Everything else is for the framework to judge, and for <see cref="StepUpMiddleware"/>.
    /// </summary>
    public bool Allows(ClaimsPrincipal visitor) =>
        Demands is null && visitor.Session() is { } session && (saysNothing || (roles is not null && HasAny(session.Roles, roles)));

    private static bool HasAny(IReadOnlyList<string> had, string[] wanted)
    {
        for (var index = 0; index < had.Count; index++)
        {
            if (wanted.AsSpan().Contains(had[index]))
                return true;
        }

        return false;
    }
}
