using System.Net.Http.Headers;

namespace Crowds;

/// <summary>A browser that keeps the cookies it is given.</summary>
internal sealed class Visitor(string id, string email, string? remembering)
{
    private const string SessionCookie = "gateway.sid=";

    public string Email => email;

    /// <summary>With the cookie's name; null before the first visit.</summary>
    public string? Session { get; set; }

    public static List<Visitor> Read(string file) =>
        [.. File.ReadLines(file).Select(line => line.Split('\t')).Select(parts => new Visitor(parts[0], parts[1], $"gateway.auth={parts[2]}"))];

    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/page");
        request.Headers.Add("Cookie", (Session, remembering) switch
        {
            ({ } session, { } remembered) => $"{session}; {remembered}",
            var (session, remembered) => session ?? remembered ?? "",
        });
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        return request;
    }

    /// <summary>What is wrong with the answer, or null. The application tells the user id that it was given, and nothing else.</summary>
    public string? Fault(int status, string body, HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("Set-Cookie", out var lines))
            Session = lines.FirstOrDefault(line => line.StartsWith(SessionCookie, StringComparison.Ordinal))?.Split(';')[0] ?? Session;
        if (status != 200)
            return $"{status} {headers.Location}";
        return string.Equals(body.Trim(), id, StringComparison.Ordinal) ? null : $"'{body.Trim()}' was told for {id}";
    }
}
