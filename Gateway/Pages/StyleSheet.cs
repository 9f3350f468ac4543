using System.Security.Cryptography;
using System.Text;
using Gateway.Pages.Branding;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Pages;

/// <summary>
/// The one style sheet, from the assembly (a gateway is one folder, and nothing of it can be forgotten), and after it the operator's
/// colour: the Content-Security-Policy allows no style in a page.
/// </summary>
internal sealed class StyleSheet
{
    public const string Path = "/style.css";

    private readonly byte[] content;
    private readonly string hash;

    public StyleSheet(GatewayPaths paths, BrandingSettings branding)
    {
        content = [.. Read(), .. Encoding.UTF8.GetBytes(AccentColor.Parse(branding.AccentColor).ToCss())];
        hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        Address = $"{paths.PathPrefix}{Path}?v={hash}";
    }

    /// <summary>Another one whenever the content is another.</summary>
    public string Address { get; }

    public FileContentHttpResult Get(HttpContext context)
    {
        var named = string.Equals(context.Request.Query["v"], hash, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = named ? "public, max-age=31536000, immutable" : "public, max-age=300";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(content, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static byte[] Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("style.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
