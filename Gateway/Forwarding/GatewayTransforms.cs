using Gateway.Forwarding.WebSockets;
using Gateway.Sessions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Forwarding;

/// <summary>What happens to every proxied request and response, after the transforms of its route.</summary>
internal sealed class GatewayTransforms(IdentityHeaders identity, GatewayCookieFilter cookies, EventStreams streams) : ITransformProvider
{
    private const string EventStream = "text/event-stream";

    private static readonly UriCreationOptions AsSpelled = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public void Apply(TransformBuilderContext context)
    {
        // Without transforms of its own the route adds nothing to what ForgedHeaders left of the request.
        var mayForge = context.Route.Transforms is { Count: > 0 };
        context.AddRequestTransform(transform =>
        {
            if (mayForge)
                identity.Strip(transform.ProxyRequest);
            identity.Set(transform.ProxyRequest, transform.HttpContext.User);
            RemoveCookies(transform.ProxyRequest, transform.HttpContext);
            if (transform.HttpContext.Response.Headers.SetCookie is { Count: > 0 } own)
                transform.HttpContext.Features.Set(new OwnCookies(own));
            transform.ProxyRequest.RequestUri ??= Address(transform);
            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(transform =>
        {
            RemoveSetCookies(transform.HttpContext);
            if (UpgradeRequest.IsAccepted(transform.HttpContext))
                ConcurrencyMiddleware.ReturnSlot(transform.HttpContext);
            if (!IsEventStream(transform))
                return default;
            ConcurrencyMiddleware.ReturnSlot(transform.HttpContext);
            streams.Add(transform.HttpContext);
            return new ValueTask(transform.HttpContext.Response.Body.FlushAsync(transform.CancellationToken));
        });
        context.AddResponseTrailersTransform(transform =>
        {
            // No place for a cookie (RFC 9110 section 6.5.1), and who merges trailers into headers would set it.
            transform.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Remove(HeaderNames.SetCookie);
            return ValueTask.CompletedTask;
        });
    }

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    private static Uri Address(RequestTransformContext transform)
    {
        var target = RequestTarget.Of(transform.HttpContext);
        var path = ForwardedPath.Spell(target.Path, transform.HttpContext.Request.Path, transform.Path);
        var query = transform.Query.QueryString == transform.HttpContext.Request.QueryString
            ? target.Query
            : ForwardedQuery.Spell(target.Query, transform.HttpContext.Request.Query, transform.Query.Collection);
        // A prefix taken off may have been all there was; a request line without a path is none.
        return new Uri(string.Concat(transform.DestinationPrefix.AsSpan().TrimEnd('/'), path.Length == 0 ? "/" : path, query), AsSpelled);
    }

    // YARP sends the head along with the first bytes of the body, and the first event may be hours away.
    private static bool IsEventStream(ResponseTransformContext transform) =>
        transform.HttpContext.Response.ContentType is { } type
        && type.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase)
        && type.AsSpan(EventStream.Length).TrimStart(" \t") is [] or [';', ..];

    private void RemoveCookies(HttpRequestMessage request, HttpContext context)
    {
        var sent = context.Request.Headers.Cookie;
        if (sent is [{ } line] && context.User is SessionPrincipal principal)
            Replace(request, sent, PassedOf(line, principal));
        else if (sent.Count > 0)
            Replace(request, sent, cookies.Request(sent));
    }

    private static void Replace(HttpRequestMessage request, StringValues sent, StringValues passed)
    {
        if (sent == passed)
            return;
        request.Headers.Remove(HeaderNames.Cookie);
        // One line, as YARP makes it of several: HttpClient would join them with a comma.
        if (passed.Count > 0)
            request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, passed.Count == 1 ? passed[0] : string.Join("; ", passed.AsEnumerable()));
    }

    // A browser sends the same cookies with each request, and they are looked through once.
    private StringValues PassedOf(string line, SessionPrincipal principal)
    {
        if (principal.Cookies is { } known && string.Equals(known.Sent, line, StringComparison.Ordinal))
            return known.Passed;
        var passed = cookies.Request(line);
        principal.Cookies = new PassedCookies(line, passed);
        return passed;
    }

    // What the application set under a name of the gateway's goes; what the gateway itself had set before stays, whatever the
    // transforms of the route did to the header.
    private void RemoveSetCookies(HttpContext context)
    {
        var all = context.Response.Headers.SetCookie;
        var own = context.Features.Get<OwnCookies>()?.Lines ?? StringValues.Empty;
        if (own.Count > 0 || HasOurs(all))
            context.Response.Headers.SetCookie = new StringValues([.. own, .. all.Where(cookie => !IsOurs(cookie))]);
    }

    private bool HasOurs(StringValues all)
    {
        foreach (var setCookie in all)
        {
            if (IsOurs(setCookie))
                return true;
        }

        return false;
    }

    private bool IsOurs(string? setCookie) => setCookie is not null && cookies.IsOurs(setCookie);

    /// <summary>A feature of a request that sets cookies of the gateway: what was in the answer before the application's own came.</summary>
    private sealed class OwnCookies(StringValues lines)
    {
        public StringValues Lines => lines;
    }
}
