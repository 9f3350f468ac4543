namespace Gateway.Sessions;

/// <summary>The session cookie: the session id and nothing else, gone when the browser is closed.</summary>
internal sealed class SessionCookie
{
    private readonly CookieBuilder cookie;

    public SessionCookie(SessionSettings session, CookieSettings cookies) => cookie = cookies.Build(session.CookieName);

    public string Name => cookie.Name!;

    /// <summary>False without a cookie, and for a value that can't be a session id.</summary>
    public bool TryRead(HttpContext context, out SessionId id) => SessionId.TryParse(CookieHeader.Find(context.Request.Headers.Cookie, Name), out id);

    public void Write(HttpContext context, SessionId id)
    {
        context.Response.Cookies.Append(Name, id.Value, cookie.Build(context));
        context.Response.NeverCache();
    }

    public void Delete(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, cookie.Build(context));
        context.Response.NeverCache();
    }
}

internal static class UncacheableResponse
{
    /// <summary>
    /// A response that carries a cookie of the gateway belongs to one visitor, whatever the application says of its own content
    /// (RFC 9111 section 7.3).
    /// </summary>
    public static void NeverCache(this HttpResponse response) =>
        response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers.CacheControl = "no-store, private";
            return Task.CompletedTask;
        }, response);
}
