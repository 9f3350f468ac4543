namespace Gateway.Users.Passwords;

/// <summary>The words of <c>common.txt</c>, from the assembly. Read when a password is judged for the first time, which most gateways never do.</summary>
internal static class CommonWords
{
    private static readonly Lazy<HashSet<string>> Words = new(Read);

    /// <summary>In lower case.</summary>
    public static IReadOnlySet<string> All => Words.Value;

    private static HashSet<string> Read()
    {
        using var file = new StreamReader(typeof(CommonWords).Assembly.GetManifestResourceStream("common.txt")!);
        return file.ReadToEnd()
            .Split('\n')
            .Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
    }
}
