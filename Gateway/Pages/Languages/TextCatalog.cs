using System.Collections.Frozen;
using System.Text.Json;
using Gateway.Pages.Branding;

namespace Gateway.Pages.Languages;

/// <summary>Every language that the gateway speaks: one for each file beside this one, from the assembly.</summary>
internal sealed class TextCatalog
{
    private const string Folder = "languages/";

    private readonly LanguageCookie cookie;

    public TextCatalog(LanguageCookie cookie, BrandingSettings branding)
    {
        this.cookie = cookie;
        Usual = Find(branding.Language) ?? All[0];
    }

    /// <summary>In the order of their tags.</summary>
    public static IReadOnlyList<Texts> All { get; } = Read();

    /// <summary>Of <c>Gateway:Branding:Language</c>.</summary>
    public Texts Usual { get; }

    /// <summary>The language with exactly this tag.</summary>
    public static Texts? Find(string? tag) => All.FirstOrDefault(texts => string.Equals(texts.Tag, tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>By the visitor's choice, else by what their browser asks for (RFC 9110 section 12.5.4), else by <c>Gateway:Branding:Language</c>.</summary>
    public Texts For(HttpRequest request) => Find(cookie.Read(request)) ?? Asked(request) ?? Usual;

    private Texts? Asked(HttpRequest request)
    {
        // Equal weights keep their order.
        var ranges = request.GetTypedHeaders().AcceptLanguage.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1);
        return ranges.Select(range => range.Value.Value is "*" ? Usual : Nearest(range.Value.Value)).FirstOrDefault(texts => texts is not null);
    }

    // Lookup of RFC 4647 section 3.4, but "zh" and what is left of "zh-CN" also find "zh-Hans".
    private static Texts? Nearest(string? range)
    {
        for (; !string.IsNullOrEmpty(range); range = range[..Math.Max(0, range.LastIndexOf('-'))])
        {
            if ((Find(range) ?? All.FirstOrDefault(texts => texts.Tag.StartsWith(range + "-", StringComparison.OrdinalIgnoreCase))) is { } near)
                return near;
        }

        return null;
    }

    private static List<Texts> Read()
    {
        var assembly = typeof(TextCatalog).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new Texts(name[Folder.Length..], Entries(assembly.GetManifestResourceStream(name)!))),
        ];
    }

    // A group's texts get its name and a dot before theirs.
    private static FrozenDictionary<string, string> Entries(Stream file)
    {
        using var _ = file;
        using var document = JsonDocument.Parse(file);
        return Flat("", document.RootElement).ToFrozenDictionary(StringComparer.Ordinal);

        static IEnumerable<KeyValuePair<string, string>> Flat(string key, JsonElement element) => element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(entry => Flat(key.Length == 0 ? entry.Name : $"{key}.{entry.Name}", entry.Value))
            : [new(key, element.GetString()!)];
    }
}

internal static class RequestTexts
{
    /// <summary>What to say to whoever sent this request, in their language.</summary>
    public static Texts Texts(this HttpContext context)
    {
        if (context.Features.Get<Texts>() is { } chosen)
            return chosen;
        var texts = context.RequestServices.GetRequiredService<TextCatalog>().For(context.Request);
        context.Features.Set(texts);
        return texts;
    }
}
