using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Sessions.Live;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Sessions;

internal static class SessionServices
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SessionSettings>(SessionSettings.Section);
        builder.AddSettings<CookieSettings>(CookieSettings.Section);
        builder.Services.AddSingleton<SessionCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<SessionCookie>().Name));
        builder.Services.AddSingleton<SessionCache>();
        builder.Services.AddSingleton<SessionReader>();
        builder.Services.AddSingleton<SessionReconciler>();
        builder.Services.AddSingleton<SessionIssuer>();
        builder.Services.AddSingleton<PendingEnds>();
        builder.Services.AddSingleton<PendingDecisions>();
        builder.Services.AddHostedService<UserChangeFollower>();
        builder.Services.AddLiveSessions();
        // Redis goes by the time of the world, whatever clock the gateway is given.
        builder.Services.AddSingleton(services => new RedisBreaker(TimeProvider.System, services.GetRequiredService<ILogger<RedisBreaker>>()));
        builder.AddSessionStore();
        builder.Services
            .AddAuthentication(SessionDefaults.Scheme)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionDefaults.Scheme, null);
    }

    private static void AddSessionStore(this WebApplicationBuilder builder)
    {
        var redis = builder.Configuration[RedisConnection.Key];
        if (string.IsNullOrWhiteSpace(redis))
        {
            builder.Services.AddSingleton<ISessionStore, InProcessSessionStore>();
            builder.Services.AddHostedService<InProcessNotice>();
            return;
        }

        builder.Services.AddSingleton(services => new RedisConnection(
            redis,
            services.GetRequiredService<RedisKeys>(),
            services.GetRequiredService<GatewayMeter>(),
            services.GetRequiredService<RedisBreaker>(),
            services.GetRequiredService<ILogger<RedisConnection>>(),
            RedisOptions.Patience));
        builder.Services.AddSingleton<RedisKeys>();
        builder.Services.AddSingleton<RedisRights>();
        builder.Services.AddSingleton<SessionRecords>();
        builder.Services.AddSingleton<ISessionStore, RedisSessionStore>();
        builder.Services.AddHostedService<RevocationListener>();
        builder.Services.AddHostedService<PendingEndsWorker>();
    }
}
