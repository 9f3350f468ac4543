using Microsoft.Extensions.Primitives;

namespace Gateway.Sessions;

/// <summary>
/// One value out of a <c>Cookie</c> header (RFC 6265 section 4.2.1), without reading all others as the framework's collection does:
/// it is asked for at every request.
/// </summary>
internal static class CookieHeader
{
    /// <summary>
    /// The value as it was sent, of several the last one, which is also what the framework takes; null when there is none. Names
    /// are compared without regard to case, as there.
    /// </summary>
    public static string? Find(StringValues header, string name)
    {
        for (var index = header.Count - 1; index >= 0; index--)
        {
            if (header[index] is { } line && TryFindLast(line, name, out var value))
                return value.ToString();
        }

        return null;
    }

    private static bool TryFindLast(ReadOnlySpan<char> line, string name, out ReadOnlySpan<char> value)
    {
        value = default;
        while (true)
        {
            var start = line.LastIndexOf(';') + 1;
            var pair = line[start..];
            var equals = pair.IndexOf('=');
            if (equals >= 0 && pair[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = pair[(equals + 1)..].Trim();
                return true;
            }

            if (start == 0)
                return false;
            line = line[..(start - 1)];
        }
    }
}
