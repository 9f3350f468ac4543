namespace Gateway.Pages;

/// <summary>The headers of every answer that is the gateway's own (OWASP ASVS 5.0, 3.4). An application's answers keep theirs.</summary>
internal static class PageHeaders
{
    private const string OwnForms = "; form-action 'self'";
    private const string OwnScript = "; script-src 'self'";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'" + OwnForms;

    /// <summary>For the few pages that need a script; it comes from the gateway itself.</summary>
    public static void AllowScript(HttpContext context) => context.Response.Headers.ContentSecurityPolicy = Policy(context) + OwnScript;

    /// <summary>
    /// For a page whose form leads on to the site: browsers hold <c>form-action</c> against each redirect that follows as well, and where
    /// the site's own redirects lead is its affair. The form itself goes to this origin.
    /// </summary>
    public static void LetFormsLeadAway(HttpContext context) =>
        context.Response.Headers.ContentSecurityPolicy = Policy(context).Replace(OwnForms, "", StringComparison.Ordinal);

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

    private static string Policy(HttpContext context) => context.Response.Headers.ContentSecurityPolicy.ToString();
}
