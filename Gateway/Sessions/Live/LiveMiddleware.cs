using Gateway.Forwarding;
using Gateway.Forwarding.WebSockets;

namespace Gateway.Sessions.Live;

/// <summary>
/// Notes every proxied request of a session, so that what runs for long ends with its session: WebSockets, event streams, downloads.
/// </summary>
internal sealed class LiveMiddleware(RequestDelegate next, OpenRequests open)
{
    // Not async: nothing is to be done afterwards.
    public Task InvokeAsync(HttpContext context)
    {
        // The gateway's own endpoints end sessions themselves, and must be able to say so.
        if (context.User.Session() is { } session && ProxiedRoute.Of(context) is not null)
            open.Add(context, session, UpgradeRequest.Of(context));
        return next(context);
    }
}
