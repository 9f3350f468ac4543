using System.Text.RegularExpressions;

namespace Gateway.Tests.Forwarding;

/// <summary>
/// The most obliging application there could be: it decodes up to twice, takes a backslash for a slash, cuts off parameters, drops
/// empty segments and resolves dots, each or not and in whatever order leads somewhere.
/// </summary>
internal static partial class EagerReading
{
    private static readonly Func<string, string>[] Steps = [Decode, Backslashes, Parameters, Merge, Dots];

    /// <summary>Whether some such application would serve what is below the folder.</summary>
    public static bool LeadsTo(string folder, string target)
    {
        var seen = new HashSet<(string, int)>();
        var open = new Queue<(string Path, int Decoded)>([(Path(target), 0)]);
        while (open.TryDequeue(out var reading))
        {
            if (!seen.Add(reading))
                continue;
            if (IsBelow(folder, reading.Path))
                return true;
            foreach (var step in Steps.Where(step => step != Decode || reading.Decoded < 2))
                open.Enqueue((step(reading.Path), reading.Decoded + (step == Decode ? 1 : 0)));
        }

        return false;
    }

    private static bool IsBelow(string folder, string path) =>
        path.Equals(folder, StringComparison.OrdinalIgnoreCase) || path.StartsWith(folder + "/", StringComparison.OrdinalIgnoreCase);

    private static string Path(string target)
    {
        var path = Regex.Replace(target, "^[a-z]+://[^/?\\\\]*", "", RegexOptions.NonBacktracking);
        return path.Split('?', '#')[0];
    }

    private static string Decode(string path) => Escape.Replace(path, match =>
        ((char)Convert.ToByte(match.ValueSpan[1..].ToString(), 16)).ToString());

    private static string Backslashes(string path) => path.Replace('\\', '/');

    private static string Parameters(string path) => Regex.Replace(path, ";[^/]*", "", RegexOptions.NonBacktracking);

    private static string Merge(string path) => Regex.Replace(path, "/+", "/", RegexOptions.NonBacktracking);

    private static string Dots(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/').Where(segment => segment is not "."))
        {
            if (segment is not "..")
                kept.Add(segment);
            else if (kept.Count > 1)
                kept.RemoveAt(kept.Count - 1);
        }

        return string.Join('/', kept);
    }

    [GeneratedRegex("%[0-9a-fA-F]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Escape { get; }
}
