using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>
/// The query that goes to the application, each parameter that the transforms left alone in the client's own spelling; what they
/// added comes last.
/// </summary>
internal static class ForwardedQuery
{
    /// <param name="raw">The query as sent, with its question mark.</param>
    /// <param name="received">The parameters as the transforms got them.</param>
    /// <param name="transformed">What the transforms made of them.</param>
    public static string Spell(string raw, IQueryCollection received, IDictionary<string, StringValues> transformed)
    {
        // Once for each name: one that came a thousand times has a thousand values to compare.
        var names = new Dictionary<string, bool>(StringComparer.Ordinal);
        var kept = raw.TrimStart('?').Split('&').Where(pair => pair.Length > 0 && IsKept(NameOf(pair)));
        var added = transformed.SelectMany(parameter => Added(parameter.Key, received[parameter.Key], parameter.Value));
        var query = string.Join('&', kept.Concat(added));
        return query.Length == 0 ? "" : "?" + query;

        bool IsKept(string name) => names.TryGetValue(name, out var isKept) ? isKept : names[name] = WasLeftAlone(name, received, transformed);
    }

    private static bool WasLeftAlone(string name, IQueryCollection received, IDictionary<string, StringValues> transformed) =>
        !received.TryGetValue(name, out var before) || (transformed.TryGetValue(name, out var after) && Continues(after, before));

    private static IEnumerable<string> Added(string name, StringValues before, StringValues after) => after
        .Skip(Continues(after, before) ? before.Count : 0)
        .Select(value => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value ?? "")}");

    private static bool Continues(StringValues after, StringValues before) =>
        after.Count >= before.Count && after.Take(before.Count).SequenceEqual(before, StringComparer.Ordinal);

    // As the framework decodes it.
    private static string NameOf(string pair) => Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '));
}
