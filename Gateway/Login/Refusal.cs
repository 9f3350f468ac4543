using Gateway.Forwarding;
using Gateway.Login.KeptForms;
using Gateway.Pages;
using Gateway.Sessions;

namespace Gateway.Login;

/// <summary>What a visitor gets who may not have what they asked for.</summary>
internal sealed class Refusal(GatewayPaths paths, SessionCookie cookie, FormKeeper forms, ILogger<Refusal> logger)
{
    /// <summary>Nobody is signed in: the login page for a navigation, 401 for everything else, 503 when nobody can tell.</summary>
    public Task ChallengeAsync(HttpContext context)
    {
        if (context.Features.Get<IdentityOutage>() is not null)
            return Problems.UnavailableAsync(context);
        if (cookie.TryRead(context, out var id))
            logger.SessionNotThere(SessionLog.Short(id.Key));
        if (!context.Request.IsNavigation())
            return Problems.AnswerAsync(context, StatusCodes.Status401Unauthorized, "Nobody is signed in", $"Log in at {paths.Login}.");

        return LeadToLoginAsync(context);
    }

    /// <summary>Sends a navigation to a page on the way, from which it comes back to what was asked for.</summary>
    public static void SendTo(HttpContext context, string page) => Send(context, ReturnAddress.To(page, RequestTarget.Of(context).ToString()));

    /// <summary>Somebody is signed in and lacks the role.</summary>
    public static Task ForbidAsync(HttpContext context) => Problems.AnswerAsync(
        context, StatusCodes.Status403Forbidden, "Not allowed", "Your account does not have the role that this page asks for.");

    private static void Send(HttpContext context, string address)
    {
        var isPlainRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        context.Response.StatusCode = isPlainRead ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
    }

    private async Task LeadToLoginAsync(HttpContext context) => Send(context, await forms.LoginAddressAsync(context, context.RequestAborted));
}
