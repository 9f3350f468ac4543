using Gateway.StepUp;

namespace Gateway.Forwarding;

/// <summary>
/// Authorization: the framework's, and past it what it would allow in any case (<see cref="ProxiedRoute.Allows"/>). Without a policy of
/// its own a route needs a signed-in user and nothing more; <see cref="ForwardingServices"/> says so to the framework as the fallback
/// policy. Who may pass may still be asked for more (<see cref="StepUpMiddleware"/>).
/// </summary>
internal static class RouteAuthorization
{
    // By which the framework notes that authorization is part of the pipeline; where the note is missing it adds its own.
    private const string IsThere = "__AuthorizationMiddlewareSet";

    public static void UseRouteAuthorization(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties[IsThere] = true;
        app.Use(next =>
        {
            var branch = ((IApplicationBuilder)app).New();
            branch.UseAuthorization();
            branch.UseMiddleware<StepUpMiddleware>();
            branch.Run(next);
            var framework = branch.Build();
            return context => ProxiedRoute.Of(context)?.Allows(context.User) == true ? next(context) : framework(context);
        });
    }
}
