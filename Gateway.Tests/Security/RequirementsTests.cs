using System.Reflection;
using System.Text.RegularExpressions;

namespace Gateway.Tests.Security;

/// <summary>Requirements.md says which test shows which requirement. This is what keeps it from lying.</summary>
public sealed partial class RequirementsTests
{
    private static readonly Dictionary<char, int> Numbers = new() { ['S'] = 16, ['C'] = 13, ['A'] = 20, ['R'] = 4, ['P'] = 14 };

    private static readonly Lazy<IReadOnlyList<Row>> Rows = new(() => [.. File.ReadLines(MapPath()).Select(Row.Of).OfType<Row>()]);

    [Fact]
    public void Map_HasEveryRequirementOnce() =>
        Assert.Equal(
            Numbers.SelectMany(section => Enumerable.Range(1, section.Value).Select(number => $"{section.Key}{number:00}")),
            Rows.Value.Select(row => row.Id));

    [Fact]
    public void Map_NamesTheTestsThatNameTheRequirement()
    {
        var named = typeof(RequirementsTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(test => test.GetCustomAttribute<RequirementAttribute>()?.Ids.Select(id => $"{id} {Name(test)}") ?? [])
            .Order(StringComparer.Ordinal);
        var mapped = Rows.Value.SelectMany(row => row.Tests.Select(test => $"{row.Id} {test}")).Order(StringComparer.Ordinal);

        Assert.Equal(string.Join('\n', named), string.Join('\n', mapped));
    }

    [Fact]
    public void RequirementWithoutATest_SaysWhy() =>
        Assert.DoesNotContain(Rows.Value, row => row.Tests.Count == 0 && !row.Shown.StartsWith("Not testable:", StringComparison.Ordinal));

    private static string Name(MethodInfo test) => $"{test.DeclaringType!.FullName!["Gateway.Tests.".Length..]}.{test.Name}";

    private static string MapPath() => Path.Combine(AppContext.BaseDirectory, "Security", "Requirements.md");

    private sealed partial record Row(string Id, string Shown)
    {
        public IReadOnlyList<string> Tests => [.. Test().Matches(Shown).Select(match => match.Groups["name"].Value)];

        public static Row? Of(string line) =>
            Line().Match(line) is { Success: true } match ? new Row(match.Groups["id"].Value, match.Groups["shown"].Value.Trim()) : null;

        [GeneratedRegex(@"^\| (?<id>[SCARP]\d\d) \|[^|]*\|(?<shown>[^|]*)\|$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Line();

        [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Test();
    }
}
