using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Pages;

/// <summary>
/// A file that pages load, from the assembly: a gateway is one folder, and nothing of it can be forgotten. Browsers keep it for as long
/// as it stays as it is.
/// </summary>
internal abstract class PageFile
{
    private readonly byte[] content;
    private readonly string type;
    private readonly string hash;

    /// <param name="path">Below the prefix, with the name of the resource.</param>
    /// <param name="type">The media type.</param>
    /// <param name="more">What comes after the resource's own text.</param>
    protected PageFile(GatewayPaths paths, string path, string type, string more = "")
    {
        this.type = type;
        content = [.. Read(path.TrimStart('/')), .. Encoding.UTF8.GetBytes(more)];
        hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        Address = $"{paths.PathPrefix}{path}?v={hash}";
    }

    /// <summary>Another one whenever the content is another.</summary>
    public string Address { get; }

    public FileContentHttpResult Get(HttpContext context)
    {
        var named = string.Equals(context.Request.Query["v"], hash, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = named ? "public, max-age=31536000, immutable" : "public, max-age=300";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(content, type, entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
