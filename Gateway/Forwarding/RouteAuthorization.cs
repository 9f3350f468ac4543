using Microsoft.AspNetCore.Authorization;

namespace Gateway.Forwarding;

/// <summary>
/// Authorization: the framework's, and past it what it would allow in any case. Without a policy of its own a route needs a signed-in
/// user and nothing more (<see cref="ForwardingServices"/> says so to the framework as the fallback policy), and there is no shorter
/// question than whether there is one.
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
            branch.Run(next);
            var framework = branch.Build();
            return context => IsPlain(context.GetEndpoint()) && context.User.Identity is { IsAuthenticated: true } ? next(context) : framework(context);
        });
    }

    // Whatever says anything about authorization, be it to allow everybody, is for the framework to judge.
    private static bool IsPlain(Endpoint? endpoint) =>
        endpoint is not null
        && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
        && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
        && endpoint.Metadata.GetMetadata<IAuthorizationRequirementData>() is null;
}
