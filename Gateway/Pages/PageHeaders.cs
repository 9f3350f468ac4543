namespace Gateway.Pages;

/// <summary>The headers of every answer that is the gateway's own (OWASP ASVS 5.0, 3.4). An application's answers keep theirs.</summary>
internal static class PageHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>For the few pages that need a script; it comes from the gateway itself.</summary>
    public static void AllowScript(HttpContext context) => context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy + "; script-src 'self'";

    public static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store, private";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: browsers would send "Origin: null" with the login form then (Fetch, section 3.1).
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        // The renderer adds it for Blazor's script, which these pages don't have.
        context.Response.OnStarting(static state =>
        {
            ((IHeaderDictionary)state).Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        }, headers);
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
