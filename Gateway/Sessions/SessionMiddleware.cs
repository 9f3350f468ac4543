namespace Gateway.Sessions;

/// <summary>
/// Authentication: cookie → session → principal. It takes the place of the framework's middleware, which makes a scope, a handler, a
/// ticket and two results for every request; what signs in, out or challenges is the scheme of the framework all the same.
/// </summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionCookie cookie, SessionReader reader)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (cookie.FindKey(context) is not { } key)
            return next(context);
        var finding = reader.FindAsync(key, IdleTimer.IsExtendedBy(context), context.RequestAborted);
        if (!finding.IsCompletedSuccessfully)
            return FindFirstAsync(context, finding);
        if (finding.Result is { } principal)
            context.User = principal;
        return next(context);
    }

    private async Task FindFirstAsync(HttpContext context, ValueTask<SessionPrincipal?> finding)
    {
        try
        {
            if (await finding is { } principal)
                context.User = principal;
        }
        catch (StoreUnavailableException)
        {
            context.Features.Set(new IdentityOutage());
        }

        await next(context);
    }
}

/// <summary>
/// A feature of a request whose session could not be looked for because a store failed: not an absence, so nobody is sent to the
/// login page for it. Public routes don't notice. A visitor may have been recognized all the same, by a remembered browser.
/// </summary>
internal sealed class IdentityOutage;

internal static class SessionAuthentication
{
    // By which the framework notes that authentication is part of the pipeline; where the note is missing it adds its own.
    private const string IsThere = "__AuthenticationMiddlewareSet";

    public static void UseSessions(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties[IsThere] = true;
        app.UseMiddleware<SessionMiddleware>();
    }
}
