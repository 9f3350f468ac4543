using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Sessions;

namespace Gateway.Forwarding;

/// <summary>
/// A header value made from a session: a source alone (<c>email</c>) or a template with sources in braces (<c>{name} &lt;{email}&gt;</c>).
/// </summary>
internal sealed partial class IdentityTemplate
{
    private static readonly Dictionary<string, Func<Session, string?>> Sources = new(StringComparer.Ordinal)
    {
        ["id"] = session => session.UserId,
        ["email"] = session => session.Email,
        ["name"] = session => session.Name,
        ["roles"] = session => string.Join(',', session.Roles),
        ["session-started"] = session => session.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private readonly string template;

    public IdentityTemplate(string source) => template = Sources.ContainsKey(source) ? "{" + source + "}" : source;

    /// <summary>
    /// The value in UTF-8, each byte as one character, which is how header values travel through this gateway. Empty when every
    /// source is.
    /// </summary>
    public string ValueFor(Session session)
    {
        var value = Placeholder().Replace(template, match => Sources[match.Groups["source"].Value](session) ?? "");
        // A line end in a name must not begin another header (RFC 9110 section 5.5).
        var clean = string.Concat(value.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(clean));
    }

    /// <summary>What is wrong with a configured source or template, or nothing.</summary>
    public static string? Fault(string source)
    {
        if (Sources.ContainsKey(source))
            return null;
        var placeholders = Placeholder().Matches(source);
        if (placeholders.FirstOrDefault(match => !Sources.ContainsKey(match.Groups["source"].Value)) is { } unknown)
            return $"{unknown.Value} is unknown: the sources are {string.Join(", ", Sources.Keys)}";
        return placeholders.Count == 0
            ? $"'{source}' is neither a source ({string.Join(", ", Sources.Keys)}) nor a template with one in braces"
            : null;
    }

    [GeneratedRegex(@"\{(?<source>[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
