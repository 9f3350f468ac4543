namespace Gateway.Pages.Branding;

/// <summary>The kinds of picture that every browser shows, by a file's ending and its first bytes.</summary>
internal static class PictureType
{
    private const string Svg = "image/svg+xml";

    private static readonly Dictionary<string, byte[]> FirstBytes = new(StringComparer.Ordinal)
    {
        ["image/png"] = [0x89, (byte)'P', (byte)'N', (byte)'G'],
        ["image/jpeg"] = [0xff, 0xd8, 0xff],
        ["image/webp"] = [(byte)'R', (byte)'I', (byte)'F', (byte)'F'],
    };

    /// <summary>The media type, by the file's ending.</summary>
    public static string? Of(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".WEBP" => "image/webp",
        ".SVG" => Svg,
        _ => null,
    };

    public static bool Fits(Stream content, string type)
    {
        if (string.Equals(type, Svg, StringComparison.Ordinal))
        {
            using var reader = new StreamReader(content);
            return reader.ReadToEnd().Contains("<svg", StringComparison.Ordinal);
        }

        var expected = FirstBytes[type];
        var begin = new byte[expected.Length];
        return content.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.AsSpan().SequenceEqual(expected);
    }
}
