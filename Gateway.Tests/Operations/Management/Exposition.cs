using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Operations.Management;

/// <summary>Reads Prometheus text as strictly as Prometheus does, and fails the test where that would refuse it.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    public Exposition(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
                ReadComment(line);
            else
                ReadSample(line);
        }
    }

    public IReadOnlyDictionary<string, string> Types => types;

    /// <summary>By name and labels, as they are written.</summary>
    public IReadOnlyDictionary<string, double> Samples => samples;

    public IEnumerable<string> SamplesOf(string name) => samples.Keys.Where(key => key == name || key.StartsWith(name + "{", StringComparison.Ordinal));

    private void ReadComment(string line)
    {
        var match = Comment().Match(line);
        Assert.True(match.Success, line);
        if (match.Groups["type"].Success)
            Assert.True(types.TryAdd(match.Groups["name"].Value, match.Groups["type"].Value), $"Declared twice: {line}");
    }

    private void ReadSample(string line)
    {
        var match = Sample().Match(line);
        Assert.True(match.Success, line);
        var (type, name) = (types.Last(), match.Groups["name"].Value);
        var allowed = type.Value == "histogram" ? new[] { type.Key + "_bucket", type.Key + "_sum", type.Key + "_count" } : [type.Key];
        Assert.Contains(name, allowed);
        Assert.True(samples.TryAdd(name + match.Groups["labels"].Value, Number(match.Groups["value"].Value)), $"Given twice: {line}");
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# (HELP (?<name>[a-zA-Z_:][\w:]*) .*|TYPE (?<name>[a-zA-Z_:][\w:]*) (?<type>counter|gauge|histogram))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(?<labels>\{[a-zA-Z_]\w*="([^"\\]|\\["\\n])*"(,[a-zA-Z_]\w*="([^"\\]|\\["\\n])*")*\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();
}
