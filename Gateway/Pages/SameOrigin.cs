using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;

namespace Gateway.Pages;

/// <summary>Whether a request that changes something was meant by the visitor (OWASP ASVS 5.0, 3.5.1 and 3.5.3).</summary>
internal sealed class SameOrigin(IAntiforgery antiforgery)
{
    /// <summary>The browser says that another site made this request.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (OriginOf(request) is { } origin)
            return !IsOwn(request, origin);
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
    }

    /// <summary>The browser says that a page of this origin made this request.</summary>
    public static bool IsProven(HttpRequest request) =>
        OriginOf(request) is { } origin ? IsOwn(request, origin) : IsSaidToBeOwn(request);

    /// <summary>
    /// As far as the browser tells, a page of this origin led here, and no link in somebody's mail: an address may say what was done.
    /// Browsers of before 2023 don't tell.
    /// </summary>
    public static bool LeadsHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "";

    public async Task<bool> HasTokenAsync(HttpContext context)
    {
        using var nobody = new AsNobody(context);
        return await antiforgery.IsRequestValidAsync(context);
    }

    /// <summary>The form of one of the gateway's own pages; or, where this is none, what to answer.</summary>
    public async Task<(IFormCollection? Form, IResult? Refusal)> ReadFormAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (IsForeign(context.Request))
            return (null, Problems.Foreign("This form was sent by another site."));
        if (!context.Request.HasFormContentType)
            return (null, Problems.Answer(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send a form."));
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        return await HasTokenAsync(context)
            ? (form, null)
            : (null, Problems.Answer(StatusCodes.Status400BadRequest, "Bad request", "Open the page again, and send its form."));
    }

    public AntiforgeryTokenSet IssueToken(HttpContext context)
    {
        using var nobody = new AsNobody(context);
        return antiforgery.GetAndStoreTokens(context);
    }

    // The token binds the form to the browser by its cookie. Bound to the user as well, a login page left open in a second tab
    // would be refused after a login in the first.
    private sealed class AsNobody : IDisposable
    {
        private readonly HttpContext context;
        private readonly ClaimsPrincipal user;

        public AsNobody(HttpContext context)
        {
            (this.context, user) = (context, context.User);
            context.User = new ClaimsPrincipal();
        }

        public void Dispose() => context.User = user;
    }

    // A page with Referrer-Policy: no-referrer sends "null" to its own origin as well; the browser says beside it that it is.
    private static string? OriginOf(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var tellsNothing = origin.Length == 0 || (string.Equals(origin, "null", StringComparison.Ordinal) && IsSaidToBeOwn(request));
        return tellsNothing ? null : origin;
    }

    private static bool IsSaidToBeOwn(HttpRequest request) => string.Equals(request.Headers["Sec-Fetch-Site"], "same-origin", StringComparison.Ordinal);

    // By host and port: behind a proxy that ends TLS and is not trusted, the scheme that arrives here is not the browser's. But what came
    // by https was made by no page that anybody on the line could have written.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && !(request.IsHttps && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
        && HostString.FromUriComponent(uri.Authority) is { HasValue: true } host
        && string.Equals(host.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && PortOf(host, uri.Scheme) == PortOf(request.Host, uri.Scheme);

    private static int PortOf(HostString host, string scheme) =>
        host.Port ?? (string.Equals(scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? 443 : 80);
}
