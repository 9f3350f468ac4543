using System.Text;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>Takes the gateway's cookies out of what passes, and leaves every other byte as it is (RFC 6265 sections 4.2 and 5.2).</summary>
internal sealed class GatewayCookieFilter
{
    private const string HostPrefix = "__Host-";

    private readonly string[] names;

    // With the prefix and without: a cookie from before Secure was turned on is a cookie of the gateway still.
    public GatewayCookieFilter(IEnumerable<GatewayCookie> cookies) => names =
    [
        .. cookies
            .Select(cookie => cookie.Name.StartsWith(HostPrefix, StringComparison.Ordinal) ? cookie.Name[HostPrefix.Length..] : cookie.Name)
            .SelectMany(name => new[] { name, HostPrefix + name })
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A <c>Cookie</c> header without the gateway's; the same instance when there were none.</summary>
    public StringValues Request(StringValues header)
    {
        List<string>? kept = null;
        for (var index = 0; index < header.Count; index++)
        {
            var line = header[index] ?? "";
            var filtered = Filter(line);
            // From the first line that changes on: mostly there is only one.
            if (kept is null && ReferenceEquals(filtered, line) && line.Length > 0)
                continue;
            kept ??= [.. header.Take(index).OfType<string>()];
            if (filtered.Length > 0)
                kept.Add(filtered);
        }

        return kept is null ? header : new StringValues([.. kept]);
    }

    /// <summary>Whether a <c>Set-Cookie</c> of an application would set a cookie of the gateway.</summary>
    public bool IsOurs(string setCookie)
    {
        var pair = setCookie.AsSpan();
        if (pair.IndexOf(';') is var end and >= 0)
            pair = pair[..end];
        // A browser keeps "=name=value" as a cookie without a name, and sends it back as "name=value".
        return IsGatewayName(NameOf(pair.Trim().TrimStart('=')));
    }

    private string Filter(string line)
    {
        if (!HasOurs(line))
            return line;
        StringBuilder? kept = null;
        foreach (var range in line.AsSpan().Split(';'))
        {
            var pair = line.AsSpan(range);
            if (IsGatewayName(NameOf(pair)))
                continue;
            // Most visitors have no other cookie, and nothing is built for them.
            kept = kept is null ? new StringBuilder(line.Length).Append(pair.TrimStart(' ')) : kept.Append(';').Append(pair);
        }

        return kept?.ToString() ?? "";
    }

    private bool HasOurs(ReadOnlySpan<char> line)
    {
        foreach (var range in line.Split(';'))
        {
            if (IsGatewayName(NameOf(line[range])))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> pair) => (pair.IndexOf('=') is var equals and >= 0 ? pair[..equals] : pair).Trim();

    private bool IsGatewayName(ReadOnlySpan<char> name)
    {
        foreach (var own in names)
        {
            // Prefixed names are compared by browsers without regard to case (RFC 6265bis section 5.4).
            if (name.Equals(own, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
