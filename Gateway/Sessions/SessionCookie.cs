namespace Gateway.Sessions;

/// <summary>The session cookie: the session id and nothing else, gone when the browser is closed.</summary>
internal sealed class SessionCookie
{
    private readonly CookieBuilder cookie;

    public SessionCookie(SessionSettings session, CookieSettings cookies) => cookie = cookies.Build(session.CookieName);

    public string Name => cookie.Name!;

    /// <summary>False without a cookie, and for a value that can't be a session id.</summary>
    public bool TryRead(HttpContext context, out SessionId id) => SessionId.TryParse(CookieHeader.Find(context.Request.Headers.Cookie, Name), out id);

    /// <summary>The key of the session that a request names; null when it names none, or none that there can be.</summary>
    public string? FindKey(HttpContext context)
    {
        // Several lines are allowed over HTTP/2 alone.
        if (context.Request.Headers.Cookie is not [{ } line])
            return TryRead(context, out var id) ? id.Key : null;
        if (ConnectionMemo.Of(context) is not { } memo)
            return TryRead(context, out var id) ? id.Key : null;
        if (memo.Knows(line, out var known))
            return known;
        var found = TryRead(context, out var read) ? read.Key : null;
        memo.Keep(line, found);
        return found;
    }

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
