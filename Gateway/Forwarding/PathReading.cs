using System.Buffers;
using System.Text;

namespace Gateway.Forwarding;

/// <summary>
/// What applications make of a path. Servers differ in what they decode, and how often; where that can change which resource is
/// meant, authorizing one reading and forwarding another lets somebody in (CVE-2021-39206, CVE-2021-32637).
/// </summary>
internal static class PathReading
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a server could read more than one path out of this one.</summary>
    public static bool HasSeveral(string rawPath) =>
        rawPath.AsSpan().IndexOfAny("%;\\") >= 0 || rawPath.Contains("//", StringComparison.Ordinal);

    /// <summary>
    /// Why nobody may ask for this path: a dot segment in any spelling, a NUL, a fragment, or an encoding that only ever hides
    /// another character. Null when there is nothing against it.
    /// </summary>
    public static string? Fault(RequestTarget target)
    {
        if (target.Path.Contains('#', StringComparison.Ordinal) || target.Query.Contains('#', StringComparison.Ordinal))
            return "A request target has no fragment.";
        if (HidesCharacters(target.Path))
            return "The path contains an encoding that hides another character.";
        foreach (var reading in Readings(target.Path))
        {
            if (reading.Contains('\0', StringComparison.Ordinal))
                return "The path contains a NUL character.";
            if (reading.Split('/').Any(segment => segment is "." or ".."))
                return "The path contains a dot segment.";
        }

        return null;
    }

    /// <summary>The path as it is, and as the most eager servers read it: decoded once and twice, with and without parameters.</summary>
    public static IEnumerable<string> Readings(string rawPath)
    {
        var reading = rawPath;
        for (var round = 0; round < 3; round++)
        {
            var slashes = Merge(reading.Replace('\\', '/'));
            yield return slashes;
            if (slashes.Contains(';', StringComparison.Ordinal))
                yield return Merge(WithoutParameters(slashes));
            var decoded = Decode(reading);
            if (string.Equals(decoded, reading, StringComparison.Ordinal))
                yield break;
            reading = decoded;
        }
    }

    // Each byte becomes a character of its own: only ASCII matters here, and a path need not be UTF-8.
    private static string Decode(string path)
    {
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
    private static bool HidesCharacters(string path)
    {
        for (var at = path.IndexOf('%', StringComparison.Ordinal); at >= 0; at = path.IndexOf('%', at + 1))
        {
            if (at + 1 < path.Length && path[at + 1] is 'u' or 'U' && IsHex(path, at + 2, 4))
                return true;
            if (IsHex(path, at + 1, 2) && path[at + 1] is 'c' or 'C' && path[at + 2] is '0' or '1' && IsContinuation(path, at + 3))
                return true;
        }

        return false;
    }

    private static bool IsContinuation(string path, int at) => at < path.Length && path[at] == '%' && IsHex(path, at + 1, 2) && path[at + 1] is '8' or '9' or 'a' or 'A' or 'b' or 'B';

    private static bool IsHex(string path, int at, int count) => at + count <= path.Length && path.AsSpan(at, count).IndexOfAnyExcept(HexDigits) < 0;

    private static string Merge(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    private static string WithoutParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));
}
