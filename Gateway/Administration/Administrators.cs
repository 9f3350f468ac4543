using Gateway.Account;
using Gateway.StepUp;

namespace Gateway.Administration;

/// <summary>Who may administer: users with a role, as the database has them at the moment of the request, not as their session does.</summary>
internal static class Administrators
{
    public const string Role = "gateway-admin";

    public static bool Include(IEnumerable<string> roles) => roles.Contains(Role, StringComparer.OrdinalIgnoreCase);

    /// <summary>Endpoints for them alone. What a remembered browser has restored asks for the password first.</summary>
    public static RouteGroupBuilder MapForAdministrators(this WebApplication app, AdministrationSettings settings)
    {
        var within = settings.ReauthenticateWithin;
        return app.MapForVisitor("/admin")
            .WithMetadata(new RouteDemands { Within = within > TimeSpan.Zero ? within : null })
            .AddEndpointFilter(LetAdministratorsInAsync);
    }

    private static async ValueTask<object?> LetAdministratorsInAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        Include(Visitor.Of(invocation.HttpContext).User.Roles) ? await next(invocation) : TypedResults.Forbid();
}
