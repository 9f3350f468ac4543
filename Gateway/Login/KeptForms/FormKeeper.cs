using Gateway.Forwarding;
using Gateway.Login.Throttle;
using Gateway.Operations;
using Gateway.Pages;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace Gateway.Login.KeptForms;

/// <summary>
/// Where somebody without a session logs in: with the way back to what they asked for, and when they were sending a form, with the form.
/// No byte of a body is read before it is clear that it may be kept.
/// </summary>
internal sealed class FormKeeper(
    KeptFormSettings settings,
    FormQuota quota,
    FormVault vault,
    FormCookie cookie,
    KnownBrowserCookie known,
    GatewayPaths paths,
    TimeProvider clock,
    ILogger<FormKeeper> logger)
{
    /// <summary>What the login page is told by when a form could not be kept.</summary>
    public const string LostParameter = "form";

    private const string Lost = "&" + LostParameter + "=lost";

    public async Task<string> LoginAddressAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var target = RequestTarget.Of(context).ToString();
        var address = ReturnAddress.ToLogin(paths, target);
        // What another site made a browser send is never kept: its visitor would be asked to confirm what they have not typed.
        if (!settings.Enabled || !SentForm.Is(context.Request) || !SameOrigin.IsProven(context.Request))
            return address;
        var body = IsAffordable(context, target, out var limit) ? await SentForm.ReadAsync(context.Request, limit, clock, cancellationToken) : null;
        if (body is null)
            return address + Lost;
        // The session ended again before a confirmed form was sent: it is there still.
        if (FormMarker.Find(body) is { } earlier)
            return ReturnAddress.ToLogin(paths, earlier.Address(paths));
        return await KeepAsync(context, target, body, cancellationToken) is { } id ? ReturnAddress.ToLogin(paths, id.Address(paths)) : address + Lost;
    }

    private bool IsAffordable(HttpContext context, string target, out int limit)
    {
        limit = LimitOf(context);
        var mayBeLong = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;
        var size = context.Request.ContentLength ?? (mayBeLong ? limit : 0);
        // What would lead a browser elsewhere can't be the action of the confirming form.
        var fits = size <= limit && string.Equals(ReturnAddress.OnThisOrigin(target), target, StringComparison.Ordinal);
        if (fits && quota.TryTake(ClientAddress.Of(context.Connection.RemoteIpAddress), size))
            return true;
        logger.FormNotKept(fits ? "there are too many" : "it is too large");
        return false;
    }

    // Nor what its route would refuse.
    private int LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize is { } ofRoute and >= 0 && ofRoute < settings.MaxSize
            ? (int)ofRoute
            : settings.MaxSize;

    private async Task<FormId?> KeepAsync(HttpContext context, string target, byte[] body, CancellationToken cancellationToken)
    {
        var request = context.Request;
        try
        {
            var id = FormId.New();
            var referer = request.Headers.Referer is [{ Length: > 0 } page] ? page : null;
            var form = new KeptForm(
                request.Host.Value ?? "", target, request.ContentType!, referer, cookie.ReadOrWrite(context), known.LastAccount(context), clock.GetUtcNow() + settings.KeepFor, body);
            await vault.PutAsync(id, form, cancellationToken);
            logger.FormKept(body.Length);
            return id;
        }
        catch (Exception exception) when (Outages.IsOne(exception))
        {
            logger.FormNotKept("the store is away");
            return null;
        }
    }
}
