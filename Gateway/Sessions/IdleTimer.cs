using Gateway.Forwarding;
using Yarp.ReverseProxy.Model;

namespace Gateway.Sessions;

/// <summary>
/// Which requests are a sign that somebody is there, and begin the idle timeout anew. Not what a page asks for by itself, on a route
/// that says so or marked by the page.
/// </summary>
internal static class IdleTimer
{
    /// <summary>With any value. Whoever sends it shortens their own session and nobody else's; the application gets it as well.</summary>
    public const string PollHeader = "X-Gateway-Poll";

    public static bool IsExtendedBy(HttpContext context) =>
        !context.Request.Headers.ContainsKey(PollHeader)
        && (context.GetEndpoint() is not { } endpoint
            || (endpoint.Metadata.GetMetadata<LeavesIdleTimer>() is null
                && (endpoint.Metadata.GetMetadata<RouteModel>() is not { } route || ProxyMetadata.ExtendsSession(route.Config))));
}

/// <summary>Marks an endpoint whose requests are no sign that somebody is still there: they read the session without extending it.</summary>
internal sealed class LeavesIdleTimer;
