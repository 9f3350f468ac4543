using System.Data.Common;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>
/// Brings a session back on the very request that finds none: cookie → row and stamp → new session. Reads no byte of the body.
/// </summary>
internal sealed class RememberMeMiddleware(RequestDelegate next, RememberMeCookie cookie, ILogger<RememberMeMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, SessionRestorer restorer)
    {
        if (IsCalledFor(context) && cookie.IsPresent(context))
            await TryRestoreAsync(context, restorer);
        await next(context);
    }

    // A store that failed may still hold the session; its absence was not established.
    private static bool IsCalledFor(HttpContext context) =>
        context.User.Identity?.IsAuthenticated != true
        && context.Features.Get<IdentityOutage>() is null
        && context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoIdentity>() is null;

    private async Task TryRestoreAsync(HttpContext context, SessionRestorer restorer)
    {
        if (!cookie.TryRead(context, out var token))
        {
            logger.CookieRefused();
            return;
        }

        try
        {
            await restorer.RestoreAsync(context, token, context.RequestAborted);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or DbException)
        {
            logger.RestoreFailed(exception.Message);
            context.Features.Set(new IdentityOutage());
        }
    }
}

/// <summary>Marks an endpoint that answers everybody alike, or ends sessions itself: nothing is restored for it.</summary>
internal sealed class NeedsNoIdentity;
