using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Login;

/// <summary>The one style sheet, from the assembly: a gateway is one folder, and nothing of it can be forgotten.</summary>
internal static class StyleSheet
{
    private static readonly byte[] Content = Read();

    public static FileContentHttpResult Get(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content).AsSpan(0, 8));
        return TypedResults.File(Content, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{tag}\""));
    }

    private static byte[] Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("style.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
