using System.Security.Cryptography;
using Gateway.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Gateway.Passkeys;

/// <summary>The one script: WebAuthn can't be had without. Only pages with a passkey's form load it, and only they allow it.</summary>
internal sealed class PasskeyScript
{
    public const string Path = "/passkeys.js";

    private readonly byte[] content = Read();
    private readonly string hash;

    public PasskeyScript(GatewayPaths paths)
    {
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
        return TypedResults.File(content, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static byte[] Read()
    {
        using var stream = typeof(PasskeyScript).Assembly.GetManifestResourceStream("passkeys.js")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
