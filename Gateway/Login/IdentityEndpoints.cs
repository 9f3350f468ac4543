using Gateway.Forwarding;
using Gateway.Pages;
using Gateway.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Login;

/// <summary><c>GET /session</c> and <c>GET /verify</c>: who is asking?</summary>
internal sealed class IdentityEndpoints(ISessionStore store, IdentityHeaders headers)
{
    public async Task<IResult> DescribeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        PageHeaders.Add(context);
        if (context.User.Session() is not { } session || await EndAsync(context, session, cancellationToken) is not { } end)
            return Unknown(context);
        return TypedResults.Ok(new SessionDescription(
            session.UserId, session.Email, session.Name, session.Roles, session.StartedAt, end, session.Restored));
    }

    // While the store is away this node vouches for the session, and knows of its absolute end alone.
    private async Task<DateTimeOffset?> EndAsync(HttpContext context, Session session, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IdentityOutage>() is not null)
            return session.ExpiresAt;
        try
        {
            return (await store.PeekAsync(session.Key, cancellationToken))?.IdleExpiresAt;
        }
        catch (StoreUnavailableException)
        {
            return session.ExpiresAt;
        }
    }

    /// <summary>For a front proxy that asks before it forwards (nginx <c>auth_request</c>, Traefik and Caddy <c>forward_auth</c>).</summary>
    public IResult Verify(HttpContext context)
    {
        PageHeaders.Add(context);
        if (context.User.Session() is null)
            return Unknown(context);
        foreach (var (name, value) in headers.Of(context.User))
            context.Response.Headers[name] = value;
        return TypedResults.Ok();
    }

    // Not 401 while nobody can tell: a front proxy would send every visitor to the login page.
    private static ProblemHttpResult Unknown(HttpContext context)
    {
        if (context.Features.Get<IdentityOutage>() is null)
            return TypedResults.Problem("Nobody is signed in.", statusCode: StatusCodes.Status401Unauthorized);
        context.Response.Headers.RetryAfter = Problems.RetryAfterSeconds;
        return TypedResults.Problem("Nobody can tell at the moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
