using Gateway.Pages;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Account;

/// <summary>Whose page it is: the session of the request, and its user as the database has them at this moment.</summary>
internal sealed record Visitor(KnownUser User, Session Session)
{
    /// <summary>Of a request to an endpoint below <see cref="VisitorEndpoints.MapForVisitor"/>.</summary>
    public static Visitor Of(HttpContext context) => context.Features.GetRequiredFeature<Visitor>();
}

internal static class VisitorEndpoints
{
    /// <summary>
    /// Endpoints below the prefix for whoever is signed in. Others are sent to the login page, and come back. What changes something is a
    /// form of this origin with its token.
    /// </summary>
    public static RouteGroupBuilder MapForVisitor(this WebApplication app, string path) =>
        app.MapOwn().MapGroup(path).AddEndpointFilter(LetOwnFormsInAsync).AddEndpointFilter(LetVisitorsInAsync);

    private static async ValueTask<object?> LetVisitorsInAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.User.Session() is not { } session || !await IsStillThereAsync(context, session))
            return TypedResults.Challenge();
        var user = await context.RequestServices.GetRequiredService<UserDirectory>().FindAsync(session.UserId, context.RequestAborted);
        // The session ends a moment later in any case: what was decided reaches it within seconds.
        if (!session.MayGoOnFor(user))
            return TypedResults.Challenge();
        context.Features.Set(new Visitor(user!, session));
        return await next(invocation);
    }

    // The session was found before the body came, and whoever sends that holds it back for as long as they like: minutes in which its
    // owner may have logged out.
    private static async Task<bool> IsStillThereAsync(HttpContext context, Session session)
    {
        if (IsRead(context))
            return true;
        try
        {
            return await context.RequestServices.GetRequiredService<SessionIssuer>().IsThereAsync(session, context.RequestAborted);
        }
        catch (StoreUnavailableException)
        {
            // As far as anybody knows; what needs the store is refused where it asks.
            return true;
        }
    }

    // First: whose form it is, is judged when all of it is there.
    private static async ValueTask<object?> LetOwnFormsInAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.User.Session() is null)
            return TypedResults.Challenge();
        if (IsRead(context))
            return await next(invocation);
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This form was sent by another site.");
        if (!context.Request.HasFormContentType)
            return Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send a form.");
        await FormBody.ReadAsync(context.Request, context.RequestAborted);
        return await context.RequestServices.GetRequiredService<SameOrigin>().HasTokenAsync(context)
            ? await next(invocation)
            : Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "Send the form of a page that was loaded a short time ago.", "stale");
    }

    private static bool IsRead(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
}
