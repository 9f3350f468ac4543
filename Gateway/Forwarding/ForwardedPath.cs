namespace Gateway.Forwarding;

/// <summary>
/// The path that goes to the application, in the client's own spelling. Transforms work on the decoded path, from which the spelling
/// can't be made again (<c>/a%2Fb</c> would arrive as <c>/a%252Fb</c>); so each segment that they left alone is taken from the request
/// as it was sent.
/// </summary>
internal static class ForwardedPath
{
    /// <param name="raw">The path as sent.</param>
    /// <param name="decoded">The same path as the transforms got it, with as many segments.</param>
    /// <param name="transformed">What the transforms made of it.</param>
    public static string Spell(string raw, PathString decoded, PathString transformed)
    {
        if (transformed == decoded)
            return raw;

        var sent = raw.Split('/');
        var before = (decoded.Value ?? "").Split('/');
        var after = (transformed.Value ?? "").Split('/');
        if (sent.Length != before.Length)
            return transformed.ToUriComponent();

        var spelled = new string[after.Length];
        for (var index = 0; index < after.Length; index++)
        {
            var fromEnd = before.Length - (after.Length - index);
            spelled[index] = Find(after[index], fromEnd, before, sent) ?? new PathString("/" + after[index]).ToUriComponent()[1..];
        }

        return string.Join('/', spelled);
    }

    // First at the same distance from the end: transforms mostly add or take off a prefix.
    private static string? Find(string segment, int likely, string[] before, string[] sent)
    {
        if (likely >= 0 && string.Equals(before[likely], segment, StringComparison.Ordinal))
            return sent[likely];
        var index = Array.IndexOf(before, segment);
        return index < 0 ? null : sent[index];
    }
}
