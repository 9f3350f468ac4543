using Microsoft.Net.Http.Headers;

namespace Gateway.Tests.Hosting;

/// <summary>A browser's cookies, kept as browsers do: by name and path, until they expire or are deleted.</summary>
internal sealed class CookieJar(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Name, string Path), Cookie> cookies = [];
    private readonly List<string> received = [];

    private sealed record Cookie(string Name, string Value, string Path, DateTimeOffset? Expires);

    /// <summary>Every Set-Cookie line so far, as it came.</summary>
    public IReadOnlyList<string> Received
    {
        get
        {
            lock (gate)
                return [.. received];
        }
    }

    /// <summary>A cookie's value; setting one places it on the root path until the browser closes, null takes it away.</summary>
    public string? this[string name]
    {
        get => Live().FirstOrDefault(cookie => cookie.Name == name)?.Value;
        set
        {
            lock (gate)
            {
                foreach (var key in cookies.Keys.Where(key => key.Name == name).ToList())
                    cookies.Remove(key);
                if (value is not null)
                    cookies[(name, "/")] = new Cookie(name, value, "/", Expires: null);
            }
        }
    }

    public IReadOnlyDictionary<string, string> All => Live().ToDictionary(cookie => cookie.Name, cookie => cookie.Value, StringComparer.Ordinal);

    public void Receive(string setCookie)
    {
        lock (gate)
        {
            received.Add(setCookie);
            if (!SetCookieHeaderValue.TryParse(setCookie, out var parsed))
                return;
            var (name, path) = (parsed.Name.ToString(), parsed.Path.HasValue ? parsed.Path.ToString() : "/");
            var expires = parsed.MaxAge is { } age ? clock.GetUtcNow() + age : parsed.Expires;
            cookies[(name, path)] = new Cookie(name, parsed.Value.ToString(), path, expires);
        }
    }

    /// <summary>The Cookie header for a path, longest path first; null when there is nothing to send.</summary>
    public string? HeaderFor(string path)
    {
        var matching = Live().Where(cookie => Matches(cookie.Path, path)).OrderByDescending(cookie => cookie.Path.Length);
        var header = string.Join("; ", matching.Select(cookie => $"{cookie.Name}={cookie.Value}"));
        return header.Length == 0 ? null : header;
    }

    /// <summary>What closing the browser does.</summary>
    public void ForgetSessionCookies()
    {
        lock (gate)
        {
            foreach (var key in cookies.Where(cookie => cookie.Value.Expires is null).Select(cookie => cookie.Key).ToList())
                cookies.Remove(key);
        }
    }

    /// <summary>The same cookies in another jar: a stolen profile, or a second node under the same name.</summary>
    public CookieJar Copy()
    {
        var copy = new CookieJar(clock);
        lock (gate)
        {
            foreach (var (key, cookie) in cookies)
                copy.cookies.Add(key, cookie);
        }

        return copy;
    }

    private List<Cookie> Live()
    {
        lock (gate)
            return [.. cookies.Values.Where(cookie => cookie.Expires is null || cookie.Expires > clock.GetUtcNow())];
    }

    private static bool Matches(string cookiePath, string path) =>
        path == cookiePath ||
        (path.StartsWith(cookiePath, StringComparison.Ordinal) && (cookiePath.EndsWith('/') || path[cookiePath.Length] is '/' or '?'));
}
