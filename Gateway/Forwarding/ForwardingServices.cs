using System.Text;
using Gateway.Forwarding.WebSockets;
using Gateway.Operations;
using Microsoft.AspNetCore.Authorization;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

internal static class ForwardingServices
{
    public static void AddForwarding(this WebApplicationBuilder builder)
    {
        builder.AddSettings<IdentitySettings>(IdentitySettings.Section);
        builder.AddSettings<ForwardingSettings>(ForwardingSettings.Section);
        builder.Services.AddSingleton<ConcurrencyMiddleware>();
        builder.Services.AddSingleton<IdentityHeaders>();
        builder.Services.AddSingleton<ForgedHeaders>();
        builder.Services.AddSingleton<GatewayCookieFilter>();
        builder.Services.AddSingleton<OpenSockets>();
        builder.Services.AddSingleton<EventStreams>();
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, RoutePolicies>();
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        // It misses the framework's middleware where RouteAuthorization passes by it; and without that one, the framework adds its own.
        builder.Services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
        // For the Timeout of a route.
        builder.Services.AddRequestTimeouts();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms<GatewayTransforms>()
            .AddConfigFilter<ProxyRulesFilter>()
            .ConfigureHttpClient(PassHeadersAsBytes);
    }

    // One character for each byte, here as in the server: what is not UTF-8, such as an old application's cookie, passes unharmed.
    private static void PassHeadersAsBytes(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        handler.RequestHeaderEncodingSelector ??= static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector ??= static (_, _) => Encoding.Latin1;
    }
}
