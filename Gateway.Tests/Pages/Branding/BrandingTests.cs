using System.Net;
using AngleSharp.Html.Parser;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Pages.Branding;

/// <summary>The operator's name, picture, colour and help, on every page.</summary>
public sealed class BrandingTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    [Fact]
    public async Task Page_IsTheOperators()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("logo.png"), Png, TestContext.Current.CancellationToken);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .With("Gateway:Branding:Name", "Mill & <Meadow>")
            .With("Gateway:Branding:Logo", folder.File("logo.png"))
            .With("Gateway:Branding:AccentColor", "#ffd500")
            .With("Gateway:Branding:FooterText", "Members only")
            .With("Gateway:Branding:HelpUrl", "https://help.example.org/login")
            .With("Gateway:Branding:HelpText", "Ask the porter"));
        using var browser = gateway.NewBrowser();

        using var answer = await browser.GetAsync("/_gateway/login");
        using var page = new HtmlParser().ParseDocument(await answer.TextAsync());
        using var css = await browser.GetAsync(page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        using var logo = await browser.GetAsync(page.QuerySelector("header img")!.GetAttribute("src")!);

        Assert.Equal("Log in · Mill & <Meadow>", page.Title);
        Assert.Contains("Mill & <Meadow>", page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Members only", page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://help.example.org/login", page.QuerySelector("footer a")!.GetAttribute("href"));
        Assert.Equal("Ask the porter", page.QuerySelector("footer a")!.TextContent);
        Assert.Contains("--accent: #ffd500; --on-accent: #000000;", await css.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("image/png", logo.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Png, await logo.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StyleSheet_AtItsOwnAddress_IsKeptForEver_AndNotSentTwice()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        using var browser = gateway.NewBrowser();
        using var answer = await browser.GetAsync("/_gateway/login");
        using var page = new HtmlParser().ParseDocument(await answer.TextAsync());
        var address = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        using var css = await browser.GetAsync(address);
        using var again = browser.Navigation(HttpMethod.Get, "/_gateway/style.css");
        again.Headers.IfNoneMatch.Add(css.Headers.ETag!);
        using var unchanged = await browser.SendAsync(again);

        Assert.Contains("immutable", css.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.DoesNotContain("immutable", unchanged.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drawing_OpenedByItself_MayDoNothing()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", TestContext.Current.CancellationToken);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:Branding:Logo", folder.File("logo.svg")));
        using var browser = gateway.NewBrowser();

        using var logo = await browser.GetAsync("/_gateway/logo");

        Assert.Equal("image/svg+xml", logo.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(logo.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.EndsWith("; sandbox", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(logo.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("logo.gif", "GIF89a", ".png, .svg")]
    [InlineData("logo.png", "GIF89a", "is not what its ending says")]
    [InlineData("logo.svg", "<html>", "is not what its ending says")]
    [InlineData("logo.svg", null, "is larger than 256 KB")]
    public async Task Start_WithALogoThatIsNone_IsRefused(string name, string? content, string fault)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File(name), content ?? new string(' ', 300_000), TestContext.Current.CancellationToken);

        var start = await GatewayProcess.RunAsync(new GatewaySettings().With("Gateway:Branding:Logo", folder.File(name)), null, "users", "list");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("Gateway:Branding:Logo:", start.Error, StringComparison.Ordinal);
        Assert.Contains(fault, start.Error, StringComparison.Ordinal);
    }
}
