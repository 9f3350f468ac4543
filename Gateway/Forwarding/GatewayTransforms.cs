using Gateway.Sessions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Forwarding;

/// <summary>What happens to every proxied request and response, after the transforms of its route.</summary>
internal sealed class GatewayTransforms(IdentityHeaders identity, GatewayCookieFilter cookies) : ITransformProvider
{
    private static readonly UriCreationOptions AsSpelled = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public void Apply(TransformBuilderContext context)
    {
        context.AddRequestTransform(transform =>
        {
            identity.Set(transform.ProxyRequest, transform.HttpContext.User.Session());
            RemoveCookies(transform.ProxyRequest, transform.HttpContext.Request);
            transform.ProxyRequest.RequestUri ??= Address(transform);
            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(transform =>
        {
            RemoveSetCookies(transform);
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
            : transform.Query.QueryString.ToUriComponent();
        return new Uri(transform.DestinationPrefix.TrimEnd('/') + path + query, AsSpelled);
    }

    private void RemoveCookies(HttpRequestMessage request, HttpRequest received)
    {
        var sent = received.Headers.Cookie;
        var kept = cookies.Request(sent);
        if (sent.Count == 0 || sent == kept)
            return;
        request.Headers.Remove(HeaderNames.Cookie);
        if (kept.Count > 0)
            request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, (IEnumerable<string>)kept.ToArray()!);
    }

    // The gateway's own cookies were set before the application was asked, so they come first and stay.
    private void RemoveSetCookies(ResponseTransformContext transform)
    {
        if (transform.ProxyResponse is not { } response
            || !response.Headers.NonValidated.TryGetValues(HeaderNames.SetCookie, out var fromApplication)
            || !fromApplication.Any(cookies.IsOurs))
            return;

        var all = transform.HttpContext.Response.Headers.SetCookie;
        var own = all.Take(all.Count - fromApplication.Count);
        transform.HttpContext.Response.Headers.SetCookie = new StringValues([.. own, .. fromApplication.Where(cookie => !cookies.IsOurs(cookie))]);
    }
}
