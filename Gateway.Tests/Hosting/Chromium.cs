using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>Debian's Chromium, headless, with a profile that is new.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable.Require("chromium"),
            // Containers and CI run as root, where Chromium's own sandbox can't.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new Chromium(driver, chromium);
    }

    /// <summary>A page of a profile that is new.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null) => await (await browser.NewContextAsync(options)).NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
