using Gateway.Pages.Languages;
using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>
/// A look at pages in Chromium: each in every language, light on a desk and dark on the narrowest phone, held against axe-core. With a
/// folder in <c>GATEWAY_SCREENSHOTS</c> each look is a picture as well (<c>deploy/screenshots</c>).
/// </summary>
internal sealed class Tour : IAsyncDisposable
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GATEWAY_SCREENSHOTS");

    private static readonly (string Name, ColorScheme Scheme, int Width, int Height)[] Looks =
        [("light", ColorScheme.Light, 1280, 800), ("dark-phone", ColorScheme.Dark, 320, 640)];

    private readonly Chromium chromium;
    private readonly List<IPage> pages = [];

    private Tour(Chromium chromium) => this.chromium = chromium;

    /// <summary>One profile for each language that the gateway speaks.</summary>
    public static async Task<Tour> StartAsync(Uri site)
    {
        var tour = new Tour(await Chromium.StartAsync());
        foreach (var language in TextCatalog.All)
            tour.pages.Add(await tour.chromium.NewPageAsync(new() { BaseURL = site.AbsoluteUri, Locale = language.Tag, BypassCSP = true }));
        return tour;
    }

    /// <summary>Looks at what is found at a path.</summary>
    public Task SeeAsync(string name, string path) => SeeAsync(name, page => page.GotoAsync(path));

    /// <summary>Looks at the page to which the steps lead.</summary>
    public async Task SeeAsync(string name, Func<IPage, Task> steps)
    {
        foreach (var (page, language) in pages.Zip(TextCatalog.All))
        {
            await steps(page);
            Assert.Equal(language.Tag, await page.Locator("html").GetAttributeAsync("lang"));
            foreach (var look in Looks)
                await LookAsync(page, $"{name}-{language.Tag}-{look.Name}", look.Scheme, look.Width, look.Height);
        }
    }

    public ValueTask DisposeAsync() => chromium.DisposeAsync();

    private static async Task LookAsync(IPage page, string name, ColorScheme scheme, int width, int height)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(width, height);
        if (Folder is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
        await Accessibility.AssertCleanAsync(page, name);
    }
}
