using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding;

/// <summary>The path and query of a request exactly as the client sent them (RFC 9112 section 3.2).</summary>
/// <param name="Path">Without a slash in front when the target names no path, as <c>*</c> and what follows CONNECT don't.</param>
/// <param name="Query">Empty, or with its question mark.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    public static RequestTarget Of(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = raw.StartsWith('/') ? raw : AfterAuthority(raw);
        var query = path.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? new RequestTarget(path, "") : new RequestTarget(path[..query], path[query..]);
    }

    public override string ToString() => Path + Query;

    // The absolute form, http://host/path, which a server must accept. To some readers a backslash ends the host as well.
    private static string AfterAuthority(string raw)
    {
        var scheme = raw.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return raw;
        var rest = raw.AsSpan(scheme + 3);
        var end = rest.IndexOfAny("/?#\\");
        if (end < 0)
            return "/";
        return rest[end] == '?' ? "/" + rest[end..].ToString() : rest[end..].ToString();
    }
}
