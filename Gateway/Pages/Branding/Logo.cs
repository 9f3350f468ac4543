using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Pages.Branding;

/// <summary>The operator's picture, read once and served below the prefix.</summary>
internal sealed class Logo
{
    public const string Path = "/logo";

    private const int LargestFile = 256 * 1024;

    private readonly byte[] content = [];
    private readonly string type = "";

    public Logo(GatewayPaths paths, BrandingSettings branding, IHostEnvironment host)
    {
        if (string.IsNullOrEmpty(branding.Logo))
            return;
        var file = System.IO.Path.GetFullPath(branding.Logo, host.ContentRootPath);
        (content, type) = (File.ReadAllBytes(file), PictureType.Of(file)!);
        Address = $"{paths.PathPrefix}{Path}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}";
    }

    /// <summary>Null when there is none.</summary>
    public string? Address { get; }

    /// <summary>What is wrong with the configured file, or nothing.</summary>
    public static string? Fault(string? logo, string contentRoot)
    {
        if (string.IsNullOrEmpty(logo))
            return null;
        if (PictureType.Of(logo) is null)
            return "must be a file with the ending .png, .svg, .jpg, .jpeg or .webp";
        try
        {
            var file = new FileInfo(System.IO.Path.GetFullPath(logo, contentRoot));
            if (!file.Exists)
                return $"there is no file {file.FullName}";
            if (file.Length > LargestFile)
                return $"{file.FullName} is larger than {LargestFile / 1024} KB";
            using var stream = file.OpenRead();
            return PictureType.Fits(stream, PictureType.Of(logo)!) ? null : $"{file.FullName} is not what its ending says";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    public Results<FileContentHttpResult, NotFound> Get(HttpContext context)
    {
        PageHeaders.Add(context);
        if (Address is null)
            return TypedResults.NotFound();
        // A drawing may have scripts and links in it: opened by itself, it may do nothing with them.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.File(content, type);
    }
}
