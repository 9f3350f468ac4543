using System.Security.Claims;
using Gateway.Sessions;
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

    /// <summary>
    /// Whether the visitor may pass, as far as there is no doubt: somebody is signed in, and the route asks for nothing more or for a
    /// role that they have. Everything else is for the framework to judge.
    /// </summary>
    public bool Allows(ClaimsPrincipal visitor) =>
        visitor.Session() is { } session && (saysNothing || (roles is not null && HasAny(session.Roles, roles)));

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
