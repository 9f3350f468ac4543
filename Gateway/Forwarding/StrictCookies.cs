using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>
/// The cookies of a request by the letter of RFC 6265 section 4.2.1: only a semicolon parts them, case matters, nothing is decoded.
/// The framework's reading also parts at commas, so that an application that sets <c>a=1,gateway.sid=x</c> would set a cookie of the
/// gateway.
/// </summary>
internal sealed class StrictCookies(IHeaderDictionary headers) : IRequestCookieCollection, IRequestCookiesFeature
{
    private StringValues read;
    private Dictionary<string, string>? cookies;

    public int Count => All.Count;

    public ICollection<string> Keys => All.Keys;

    public IRequestCookieCollection Cookies
    {
        get => this;
        set => throw new NotSupportedException("The cookies of a request are what its header says.");
    }

    private Dictionary<string, string> All
    {
        get
        {
            if (cookies is null || read != headers.Cookie)
                cookies = Parse(read = headers.Cookie);
            return cookies;
        }
    }

    public string? this[string key] => All.GetValueOrDefault(key);

    public bool ContainsKey(string key) => All.ContainsKey(key);

    public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => All.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Dictionary<string, string> Parse(StringValues header)
    {
        var parsed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.SelectMany(line => (line ?? "").Split(';')))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
                parsed[pair[..equals].Trim(' ', '\t')] = pair[(equals + 1)..].Trim(' ', '\t');
        }

        return parsed;
    }
}

internal static class StrictCookieReading
{
    public static void UseStrictCookies(this WebApplication app) => app.Use((context, next) =>
    {
        context.Features.Set<IRequestCookiesFeature>(new StrictCookies(context.Request.Headers));
        return next(context);
    });
}
