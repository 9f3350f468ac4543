using Gateway.KeyRing;
using Gateway.Operations;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Builder;

namespace Crowds;

/// <summary>The gateway's own services, configured by the environment as the gateway beside it, and serving nobody.</summary>
internal static class GatewayParts
{
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServer();
        builder.AddUsers();
        builder.AddKeyRing();
        builder.AddSessions();
        builder.AddRememberMe();
        return builder.Build();
    }
}
