using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding.WebSockets;

internal static class WebSocketServices
{
    /// <summary>Follows every WebSocket that is proxied, of a session or of nobody, so that it can be closed.</summary>
    public static void UseWebSocketClosing(this WebApplication app)
    {
        var open = app.Services.GetRequiredService<OpenSockets>();
        app.Use((context, next) =>
        {
            if (!UpgradeRequest.MayBe(context.Request))
                return next(context);
            var request = new UpgradeRequest(context, open);
            context.Features.Set<IHttpUpgradeFeature>(request);
            context.Features.Set<IHttpExtendedConnectFeature>(request);
            return next(context);
        });
    }
}
