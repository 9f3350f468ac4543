using Gateway.Audit;
using Gateway.Login.Pages;
using Gateway.Pages;
using Gateway.RememberMe;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Login;

/// <summary><c>GET</c> and <c>POST /logout</c>.</summary>
internal sealed class LogoutEndpoints(GatewayPaths paths, SameOrigin origin, PendingLoginCookie pending, AuditTrail audit, ILogger<LogoutEndpoints> logger)
{
    public static IResult Show(HttpContext context) => context.Page<LogoutPage>();

    public async Task<IResult> LogOutAsync(HttpContext context, BrowserMemory memory, CancellationToken cancellationToken)
    {
        var json = context.Request.IsJson();
        var session = context.User.Session();
        if (SameOrigin.IsForeign(context.Request))
            return Problems.Foreign("This logout was sent by another site.");
        if (!json && !SameOrigin.IsProven(context.Request) && !await HasTokenAsync(context, cancellationToken))
            return Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "Send the form of the logout page, or a JSON request.");

        // A visitor who leaves at this moment is logged out all the same.
        await memory.ForgetAsync(context, session, CancellationToken.None);
        await context.SignOutAsync(SessionDefaults.Scheme);
        // Nor does a login that waits for its code go on.
        if (context.Request.Cookies.ContainsKey(pending.Name))
            pending.Delete(context);
        if (session is not null)
        {
            logger.LoggedOut(session.UserId);
            audit.Note(context, AuditEvent.ByUser(AuditActions.Logout, session.UserId));
        }

        PageHeaders.Add(context);
        if (json)
            return TypedResults.NoContent();
        context.Response.Headers.Location = paths.Login;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<bool> HasTokenAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            return false;
        await FormBody.ReadAsync(context.Request, cancellationToken);
        return await origin.HasTokenAsync(context);
    }
}
