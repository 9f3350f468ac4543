using Gateway.Pages.Branding;

namespace Gateway.Pages;

/// <summary>The one style sheet, and after it the operator's colour: the Content-Security-Policy allows no style in a page.</summary>
internal sealed class StyleSheet(GatewayPaths paths, BrandingSettings branding)
    : PageFile(paths, Path, "text/css; charset=utf-8", AccentColor.Parse(branding.AccentColor).ToCss())
{
    public const string Path = "/style.css";
}
