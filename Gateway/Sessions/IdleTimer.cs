using Gateway.Forwarding;

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
        && (ProxiedRoute.Of(context) is { } route
            ? route.ExtendsSession
            : context.GetEndpoint()?.Metadata.GetMetadata<LeavesIdleTimer>() is null);
}

/// <summary>Marks an endpoint whose requests are no sign that somebody is still there: they read the session without extending it.</summary>
internal sealed class LeavesIdleTimer;
