using Gateway.Audit;
using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Login.KeptForms;

/// <summary>
/// Puts a kept form in the place of the small one that confirms it, on the way to the application: after path check, identity and
/// authorization, all of which saw the real address, method and visitor. Whoever may not pass there keeps the form.
/// </summary>
internal sealed class FormSending(FormCookie cookie, FormOwner owner, FormVault vault, SameOrigin origin, GatewayPaths paths, AuditTrail audit, ILogger<FormSending> logger)
{
    public Task SendAsync(HttpContext context, RequestDelegate next) =>
        FormMarker.MayBeIn(context.Request) && cookie.IsPresent(context.Request) ? LookAsync(context, next) : next(context);

    private async Task LookAsync(HttpContext context, RequestDelegate next)
    {
        if (FormMarker.Find(await FormMarker.BodyAsync(context.Request, context.RequestAborted)) is not { } id)
        {
            await next(context);
            return;
        }

        if (await TakeAsync(context, id) is not { } form)
        {
            // Its page says what is the matter, or asks again.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = id.Address(paths);
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        Replace(context.Request, form);
        await next(context);
        if (NeverArrived(context))
            await PutBackAsync(id, form);
    }

    private async Task<KeptForm?> TakeAsync(HttpContext context, FormId id)
    {
        if (context.User.Session() is not { } session || !SameOrigin.IsProven(context.Request) || !await origin.HasTokenAsync(context))
            return null;
        var (form, _) = await owner.FindAsync(context, id, session, context.RequestAborted);
        if (form is null || !string.Equals(form.Target, RequestTarget.Of(context).ToString(), StringComparison.Ordinal))
            return null;

        // Of two who press the button at once, one gets it. A visitor who leaves now has sent it.
        var taken = await vault.TakeAsync(id, CancellationToken.None);
        if (taken is not null)
        {
            logger.FormSent(session.UserId);
            audit.Note(context, AuditEvent.ByUser(AuditActions.FormSent, session.UserId));
        }

        return taken;
    }

    private static void Replace(HttpRequest request, KeptForm form)
    {
        request.Body = new MemoryStream(form.Body, writable: false);
        request.ContentType = form.ContentType;
        request.ContentLength = form.Body.Length;
        if (form.Referer is null)
            request.Headers.Remove("Referer");
        else
            request.Headers.Referer = form.Referer;
    }

    // No application was chosen, or there was no connection to it: it can't have acted, and the visitor may try again.
    private static bool NeverArrived(HttpContext context) =>
        context.GetReverseProxyFeature().ProxiedDestination is null
        || context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        };

    private async Task PutBackAsync(FormId id, KeptForm form)
    {
        try
        {
            await vault.PutAsync(id, form, CancellationToken.None);
        }
        catch (Exception exception) when (Outages.IsOne(exception))
        {
            logger.FormNotKept("the store is away");
        }
    }
}
