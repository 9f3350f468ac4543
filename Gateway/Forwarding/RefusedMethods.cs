using Gateway.Pages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Gateway.Forwarding;

/// <summary>
/// TRACE would show a script the cookies it may not read, and CONNECT asks for a tunnel; no application behind a gateway needs either
/// (RFC 9110 sections 9.3.6 and 9.3.8).
/// </summary>
internal static class RefusedMethods
{
    public static void UseMethodCheck(this WebApplication app) => app.Use((context, next) =>
    {
        if (!IsRefused(context))
            return next(context);
        context.Response.Headers[HeaderNames.Allow] = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
        return Problems.AnswerAsync(
            context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", "The gateway does not pass this method on.");
    });

    // Over HTTP/2 a WebSocket begins with CONNECT (RFC 8441).
    private static bool IsRefused(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method) && IsRefusedByName(context);

    private static bool IsRefusedByName(HttpContext context) => context.Request.Method.ToUpperInvariant() switch
    {
        "TRACE" or "TRACK" => true,
        "CONNECT" => context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true },
        _ => false,
    };
}
