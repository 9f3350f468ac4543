using System.ComponentModel.DataAnnotations;
using Gateway.Pages.Languages;

namespace Gateway.Pages.Branding;

/// <summary>The section <c>Gateway:Branding</c>: what makes the gateway's pages the operator's.</summary>
internal sealed class BrandingSettings : IValidatableObject
{
    public const string Section = "Gateway:Branding";

    /// <summary>Of the operator or the site; at the head of every page and in its title.</summary>
    [MaxLength(80)]
    public string? Name { get; set; }

    /// <summary>A PNG, SVG, JPEG or WebP file; a relative one is beside appsettings.json.</summary>
    public string? Logo { get; set; }

    /// <summary>As <c>#rrggbb</c>. Where it can't be read on the page's ground, pages take the nearest tone that can.</summary>
    public string AccentColor { get; set; } = "#2458b3";

    [MaxLength(400)]
    public string? FooterText { get; set; }

    /// <summary>Where visitors find help: <c>https:</c> or <c>mailto:</c>.</summary>
    public string? HelpUrl { get; set; }

    /// <summary>What the help link says; absent: "Help" in the visitor's language.</summary>
    [MaxLength(80)]
    public string? HelpText { get; set; }

    /// <summary>Of a visitor whose browser asks for none that the gateway speaks.</summary>
    public string Language { get; set; } = "en";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Branding.AccentColor.TryParse(AccentColor, out _))
            yield return new ValidationResult("must be a colour such as #2458b3", [nameof(AccentColor)]);
        if (!string.IsNullOrEmpty(HelpUrl) && !IsHelp(HelpUrl))
            yield return new ValidationResult("must be an address that begins with https:// or mailto:", [nameof(HelpUrl)]);
        if (TextCatalog.Find(Language) is null)
            yield return new ValidationResult($"must be one of {string.Join(", ", TextCatalog.All.Select(texts => texts.Tag))}", [nameof(Language)]);
        if (Branding.Logo.Fault(Logo, validationContext.GetRequiredService<IHostEnvironment>().ContentRootPath) is { } fault)
            yield return new ValidationResult(fault, [nameof(Logo)]);
    }

    private static bool IsHelp(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Scheme, Uri.UriSchemeMailto, StringComparison.Ordinal) || (string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && uri.Host.Length > 0));
}
