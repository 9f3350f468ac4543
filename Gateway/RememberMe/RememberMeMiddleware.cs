using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>
/// Brings a session back on the very request that finds none: cookie → row and stamp → new session. Reads no byte of the body.
/// </summary>
internal sealed class RememberMeMiddleware(
    RequestDelegate next,
    RememberMeCookie cookie,
    SessionRestorer restorer,
    OutageVisitors visitors,
    RedisBreaker breaker,
    DatabaseWatch database,
    ILogger<RememberMeMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        IsCalledFor(context) && cookie.IsPresent(context) ? RestoreFirstAsync(context) : next(context);

    private async Task RestoreFirstAsync(HttpContext context)
    {
        await TryRestoreAsync(context);
        await next(context);
    }

    private static bool IsCalledFor(HttpContext context) =>
        context.User.Identity?.IsAuthenticated != true
        && context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoIdentity>() is null;

    private async Task TryRestoreAsync(HttpContext context)
    {
        try
        {
            if (!cookie.TryRead(context, out var token))
                logger.CookieRefused();
            else if (IsOutage(context) || !await RestoresAsync(context, token))
                await RecognizeAsync(context, token);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            database.Failed(exception);
            context.Features.Set(new IdentityOutage());
        }
    }

    // A store that failed may still hold the session; its absence was not established, and none may be restored in its place.
    private bool IsOutage(HttpContext context) =>
        breaker.IsOpen || breaker.Refusal is not RedisRefusal.None || context.Features.Get<IdentityOutage>() is not null;

    /// <summary>False when the store can't be asked.</summary>
    private async Task<bool> RestoresAsync(HttpContext context, RememberMeToken token)
    {
        try
        {
            await restorer.RestoreAsync(context, token, context.RequestAborted);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            if (exception.IsNews)
                logger.RestoreFailed(exception.Message);
            return false;
        }
    }

    // During an outage the remembered browser speaks: a session cookie beside it that this node doesn't know might be another
    // user's, but nobody can say so, and both were this gateway's to give to this browser.
    private async Task RecognizeAsync(HttpContext context, RememberMeToken token)
    {
        if (await visitors.FindAsync(token, context.RequestAborted) is not { } principal)
            return;
        context.User = principal;
        context.Features.Set(new IdentityOutage());
    }
}

/// <summary>Marks an endpoint that answers everybody alike, or ends sessions itself: nothing is restored for it.</summary>
internal sealed class NeedsNoIdentity;
