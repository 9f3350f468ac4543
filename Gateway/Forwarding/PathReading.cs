using System.Buffers;
using System.Text;

namespace Gateway.Forwarding;

/// <summary>
/// What applications make of a path. Servers differ in what they decode, and how often; where that can change which resource is
/// meant, authorizing one reading and forwarding another lets somebody in (CVE-2021-39206, CVE-2021-32637).
/// </summary>
internal static class PathReading
{
    private const int MostDecodings = 2;

    // Characters in all readings together. What people have in their addresses is far below it, and a path made for nothing else could
    // have hundreds of readings, each to be looked at for everybody who sends it.
    private const int MostToRead = 64 * 1024;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a server could read more than one path out of this one.</summary>
    public static bool HasSeveral(string rawPath) =>
        rawPath.AsSpan().IndexOfAny("%;\\") >= 0 || rawPath.Contains("//", StringComparison.Ordinal);

    /// <summary>
    /// Why nobody may ask for this: no path, a character that no address has, a fragment, a dot segment in any spelling, a NUL, or
    /// an encoding that only ever hides another character. Null when there is nothing against it.
    /// </summary>
    public static string? Fault(RequestTarget target)
    {
        if (!target.Path.StartsWith('/'))
            return "The request target names no path.";
        // HTTP/2 could carry a line end here, which HTTP/1.1 to the application would turn into a request of its own.
        if (target.Path.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || target.Query.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            return "The request target contains a blank, a control character or an unencoded letter beyond ASCII.";
        if (target.Path.Contains('#', StringComparison.Ordinal) || target.Query.Contains('#', StringComparison.Ordinal))
            return "A request target has no fragment.";
        // The usual path can be read in one way only, and is not looked at any further.
        if (!HasSeveral(target.Path) && !target.Path.Contains("/.", StringComparison.Ordinal))
            return null;
        if (Readings(target.Path) is not { } readings)
            return "The path can be read in too many ways.";
        foreach (var reading in readings)
        {
            if (HidesCharacters(reading))
                return "The path contains an encoding that hides another character.";
            if (reading.Contains('\0', StringComparison.Ordinal))
                return "The path contains a NUL character.";
            if (reading.Split('/').Any(segment => segment is "." or ".."))
                return "The path contains a dot segment.";
        }

        return null;
    }

    /// <summary>
    /// The path as the most eager servers read it: decoded not at all, once and twice, and at each stage with and without a
    /// backslash taken for a slash, parameters cut off and empty segments dropped. Null when that is too much to look at.
    /// </summary>
    public static IReadOnlySet<string>? Readings(string rawPath)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var left = Math.Max(MostToRead, rawPath.Length);
        List<string> stage = [rawPath];
        for (var decodings = 0; decodings <= MostDecodings; decodings++)
        {
            var variants = new List<string>();
            foreach (var variant in stage.SelectMany(Variants).Where(all.Add))
            {
                variants.Add(variant);
                if ((left -= variant.Length) < 0)
                    return null;
            }

            stage = variants.ConvertAll(Decode);
        }

        return all;
    }

    private static IEnumerable<string> Variants(string path)
    {
        if (!HasSeveral(path))
            return [path];
        return new[] { path, path.Replace('\\', '/') }
            .SelectMany(slashes => new[] { slashes, WithoutParameters(slashes) })
            .SelectMany(segments => new[] { segments, Merge(segments) });
    }

    // Each byte becomes a character of its own: only ASCII matters here, and a path need not be UTF-8.
    private static string Decode(string path)
    {
        if (!path.Contains('%', StringComparison.Ordinal))
            return path;
        var decoded = new StringBuilder(path.Length);
        for (var index = 0; index < path.Length; index++)
        {
            if (path[index] == '%' && IsHex(path, index + 1, 2))
            {
                decoded.Append((char)Convert.ToByte(path.Substring(index + 1, 2), 16));
                index += 2;
            }
            else
            {
                decoded.Append(path[index]);
            }
        }

        return decoded.ToString();
    }

    // %u0061, which some old servers decode, and overlong UTF-8 (RFC 3629 section 10): %c0%af is a slash to a careless decoder.
    private static bool HidesCharacters(string reading)
    {
        for (var index = 0; index + 1 < reading.Length; index++)
        {
            var (first, next) = (reading[index], reading[index + 1]);
            var hides = first switch
            {
                '%' => next is 'u' or 'U' && IsHex(reading, index + 2, 4),
                '\u00c0' or '\u00c1' => next is >= '\u0080' and <= '\u00bf',
                '\u00e0' => next is >= '\u0080' and <= '\u009f',
                '\u00f0' => next is >= '\u0080' and <= '\u008f',
                _ => false,
            };
            if (hides)
                return true;
        }

        return false;
    }

    private static bool IsHex(string path, int at, int count) => at + count <= path.Length && path.AsSpan(at, count).IndexOfAnyExcept(HexDigits) < 0;

    private static string Merge(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    private static string WithoutParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));
}
