using System.Globalization;
using System.Security.Cryptography;

namespace Faults.Load;

/// <summary>A request of a visitor: where to, and what with.</summary>
/// <param name="Body">What a POST carries; null for a GET.</param>
internal sealed record Errand(string Path, byte[]? Body)
{
    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));

    public bool IsPublic => Path.StartsWith("/public/", StringComparison.Ordinal);

    /// <summary>The application whose faults are injected; the other one never has any.</summary>
    public bool IsForApplication => Path.StartsWith("/app/", StringComparison.Ordinal);

    public string BodyHash => Body is null ? EmptyHash : Convert.ToHexStringLower(SHA256.HashData(Body));

    /// <summary>Half go to the application, some to the other one, some to a public route; a quarter with a body.</summary>
    public static Errand Next(Random random)
    {
        var place = random.Next(10) switch { < 6 => "app", < 8 => "other", _ => "public" };
        var path = string.Create(CultureInfo.InvariantCulture, $"/{place}/page-{random.Next(100)}?q={random.Next(100)}");
        return new Errand(path, random.Next(4) == 0 ? RandomNumberGenerator.GetBytes(random.Next(1, 20_000)) : null);
    }

    public HttpRequestMessage ToRequest(string? cookies, bool isNavigation)
    {
        var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Path);
        if (Body is not null)
            request.Content = new ByteArrayContent(Body);
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        request.Headers.Add("Sec-Fetch-Mode", isNavigation ? "navigate" : "cors");
        // What a forger would send along; it must never be believed.
        request.Headers.Add("X-User-Id", "forged");
        return request;
    }
}
