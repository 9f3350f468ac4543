namespace Gateway.Sessions.Live;

internal static class LiveServices
{
    public static void AddLiveSessions(this IServiceCollection services)
    {
        services.AddSingleton<OpenRequests>();
        services.AddSingleton<RouteAccess>();
        services.AddSingleton<SessionCheck>();
        services.AddHostedService<SessionSweep>();
        services.AddHostedService<RevocationFollower>();
    }

    public static void UseLiveSessions(this WebApplication app) => app.UseMiddleware<LiveMiddleware>();
}
