using System.Text.RegularExpressions;
using Gateway.Audit;
using Gateway.Pages.Languages;
using Gateway.Tests.Packages;

namespace Gateway.Tests.Pages.Languages;

/// <summary>No page asks for a text that a language lacks.</summary>
public sealed partial class TextsTests
{
    private static readonly Texts English = TextCatalog.Find("en")!;

    // Every literal of the gateway's own code and pages.
    private static readonly Lazy<HashSet<string>> Literals = new(() =>
    [
        .. new[] { "*.cs", "*.razor" }
            .SelectMany(pattern => Directory.EnumerateFiles(Repository.PathTo("Gateway"), pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value)),
    ]);

    // Their names look like those of texts.
    private static readonly HashSet<string> Actions = [.. typeof(AuditActions).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Tags => [.. TextCatalog.All.Select(texts => texts.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Language_HasEveryTextThatEnglishHas_AndNoOther(string tag)
    {
        var texts = TextCatalog.Find(tag)!;

        // Many languages have one form for any number.
        var missing = English.Keys.Where(key => !texts.Has(key) && !key.EndsWith(".one", StringComparison.Ordinal));
        // And others more than English.
        var unknown = texts.Keys.Where(key => !English.Has(key) && !English.Has(MoreForms().Replace(key, ".other")));

        Assert.Equal("", string.Join('\n', missing.Select(key => $"Languages/{tag}.json lacks {key}").Concat(unknown.Select(key => $"Languages/{tag}.json has {key}, which English has not"))));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Text_HasThePlaceholdersThatEnglishHas(string tag)
    {
        var texts = TextCatalog.Find(tag)!;

        foreach (var key in texts.Keys.Where(English.Has))
            Assert.Equal($"{key} {Placeholders(English[key])}", $"{key} {Placeholders(texts[key])}");
    }

    [Fact]
    public void Text_ThatThePagesAskFor_IsThere()
    {
        var groups = English.Keys.Select(key => key[..key.IndexOf('.', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        var asked = Literals.Value.Except(Actions).Where(text => Key().Match(text) is { Success: true } match && groups.Contains(match.Groups["group"].Value));

        Assert.Equal("", string.Join('\n', asked.Where(key => !English.Has(key) && !English.Has(key + ".other")).Select(key => $"Languages/en.json lacks {key}")));
    }

    [Fact]
    public void Text_ThatIsThere_IsAskedFor()
    {
        var asked = Literals.Value.Where(text => text.Contains('{', StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal))
            .Select(text => new Regex($"^{Hole().Replace(Regex.Escape(text), ".+")}$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .ToList();

        Assert.Equal("", string.Join('\n', English.Keys.Where(key => !IsAsked(key) && !asked.Exists(pattern => pattern.IsMatch(key)))));

        static bool IsAsked(string key) => Literals.Value.Contains(Plural().Replace(key, ""));
    }

    [Theory]
    [InlineData("30.00:00:00", "30 days", "30 天")]
    [InlineData("1.00:00:00", "24 hours", "24 小时")]
    [InlineData("00:14:59", "15 minutes", "15 分钟")]
    [InlineData("00:01:00", "1 minute", "1 分钟")]
    [InlineData("00:00:01", "1 second", "1 秒")]
    public void Span_IsToldInWords(string span, string english, string chinese)
    {
        Assert.Equal(english, English.Span(TimeSpan.Parse(span)));
        Assert.Equal(chinese, TextCatalog.Find("zh-Hans")!.Span(TimeSpan.Parse(span)));
    }

    [Fact]
    public void Moment_IsToldInUtc() =>
        Assert.Equal("2026-11-28 14:05 UTC", Texts.Moment(new DateTimeOffset(2026, 11, 28, 15, 5, 59, TimeSpan.FromHours(1))));

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex("\"(?<text>[^\"\\r\\n]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^(?<group>[a-z]+)(\.[A-Za-z0-9]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\\\{[^}]*}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\.(zero|two|few|many)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MoreForms();

    [GeneratedRegex(@"\.(one|other)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plural();

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
