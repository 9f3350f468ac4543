using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Pages.Languages;

/// <summary>All that the gateway's pages say, in one language; which one is <see cref="TextCatalog"/>'s to choose.</summary>
/// <param name="tag">Of the language, as in the <c>lang</c> attribute (BCP 47).</param>
internal sealed class Texts(string tag, FrozenDictionary<string, string> entries)
{
    public string Tag => tag;

    /// <summary>The language's own name for itself.</summary>
    public string Name => this["language.name"];

    public IReadOnlyCollection<string> Keys => entries.Keys;

    public string this[string key] =>
        entries.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"The language {tag} has no text '{key}'.");

    /// <summary>The text with <c>{0}</c>, <c>{1}</c>… filled in.</summary>
    public string this[string key, params object[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    public bool Has(string key) => entries.ContainsKey(key);

    /// <summary>A number of things, which is also <c>{0}</c>: the text of its <see cref="PluralForm"/>, such as <c>key.one</c>, or <c>key.other</c> where there is none.</summary>
    public string Count(string key, long number) => $"{key}.{PluralForm.Of(tag, number)}" is var form && Has(form) ? this[form, number] : this[key + ".other", number];

    /// <summary>A time span in words, rounded up to its largest unit: "30 days", "2 hours", "1 minute".</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Count("time.days", Up(span.TotalDays)),
        { TotalHours: >= 2 } => Count("time.hours", Up(span.TotalHours)),
        { TotalMinutes: >= 1 } => Count("time.minutes", Up(span.TotalMinutes)),
        _ => Count("time.seconds", Math.Max(1, Up(span.TotalSeconds))),
    };

    /// <summary>A moment, the same in every language: there is no culture to format it by.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static long Up(double number) => (long)Math.Ceiling(number);
}
