using Gateway.Forwarding;
using Yarp.ReverseProxy.Configuration;

namespace Gateway.StepUp;

/// <summary>What an endpoint asks of a session beyond being there.</summary>
internal sealed record RouteDemands
{
    public bool SecondFactor { get; init; }

    /// <summary>How long ago the password may have been entered, or the passkey used.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Of the endpoint that a request is for: one of the gateway's own, or a route of YARP.</summary>
    public static RouteDemands? Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteDemands>() ?? ProxiedRoute.Of(context)?.Demands;

    /// <summary>By the metadata of a route; null when it asks for nothing.</summary>
    public static RouteDemands? Of(RouteConfig route)
    {
        var (factor, within) = (ProxyMetadata.NeedsSecondFactor(route), ProxyMetadata.ReauthenticateWithin(route));
        return factor || within is not null ? new RouteDemands { SecondFactor = factor, Within = within } : null;
    }
}
