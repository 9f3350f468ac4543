using Gateway.Login;
using Gateway.Pages;
using Gateway.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.StepUp;

/// <summary>Holds a session against what its endpoint asks for. A person is led to a page and back; a script is told.</summary>
internal sealed class StepUpMiddleware(RequestDelegate next, GatewayPaths paths, Refusal refusal, TimeProvider clock)
{
    // Not async: most endpoints ask for nothing.
    public Task InvokeAsync(HttpContext context) => RouteDemands.Of(context) is { } demands ? CheckAsync(context, demands) : next(context);

    private Task CheckAsync(HttpContext context, RouteDemands demands)
    {
        if (context.User.Session() is not { } session)
            return refusal.ChallengeAsync(context);
        if (demands.SecondFactor && !session.Proofs.HasSecondFactor())
            return AskAsync(context, paths.StepUp, "A second factor is needed", ("acr_values", "mfa"));
        if (demands.Within is { } within && clock.GetUtcNow() - session.AuthenticatedAt > within)
            return AskAsync(context, paths.Reauthenticate, "The password must be entered again", ("max_age", (long)within.TotalSeconds));
        return next(context);
    }

    // The names are those of RFC 9470.
    private static Task AskAsync(HttpContext context, string page, string title, (string Name, object Value) demand)
    {
        if (context.Request.IsNavigation())
        {
            Refusal.SendTo(context, page);
            return Task.CompletedTask;
        }

        PageHeaders.Add(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        var problem = new ProblemDetails
        {
            Status = StatusCodes.Status401Unauthorized,
            Title = title,
            Detail = $"Open {page} in the browser, then ask again.",
            Extensions =
            {
                ["error"] = "insufficient_user_authentication",
                [demand.Name] = demand.Value,
                ["page"] = page,
                ["requestId"] = Problems.RequestId(context),
            },
        };
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }
}
