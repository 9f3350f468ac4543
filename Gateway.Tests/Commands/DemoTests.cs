using System.Net;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Commands;

/// <summary>The demo, as a newcomer tries it.</summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task Demo_InABrowser_LogsInShowsTheUserAndLogsOut()
    {
        await using var demo = await GatewayProcess.StartAsync(new GatewaySettings(), "demo");
        var (email, password) = await PrintedAsync(demo);
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync();

        await page.GotoAsync(demo.BaseAddress.AbsoluteUri);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
        var user = await page.Locator("#user").TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GotoAsync(demo.BaseAddress.AbsoluteUri);

        Assert.Equal("1001", user);
        Assert.Contains("/_gateway/login", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_ShowsAPublicPageToEverybodyAndTheEditorsPageToNone()
    {
        await using var demo = await GatewayProcess.StartAsync(new GatewaySettings(), "demo");
        var (email, password) = await PrintedAsync(demo);
        using var browser = demo.NewBrowser();

        using var open = await browser.GetAsync("/public");
        using var loggedIn = await browser.LoginAsync(email, password);
        using var editors = await browser.GetAsync("/editors");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, loggedIn.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, editors.StatusCode);
    }

    [Fact]
    public async Task Demo_WhenItEnds_LeavesNothingBehind()
    {
        using var folder = new TempFolder();
        await using var demo = await GatewayProcess.StartAsync(new GatewaySettings().With("TMPDIR", folder.Path), "demo");
        await PrintedAsync(demo);
        var during = Directory.GetFileSystemEntries(folder.Path, "gateway-demo-*");

        var exitCode = await demo.StopAsync();

        Assert.Single(during);
        Assert.Equal(0, exitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "gateway-demo-*"));
    }

    private static async Task<(string Email, string Password)> PrintedAsync(GatewayProcess demo)
    {
        await Eventually.TrueAsync(() => Credentials().IsMatch(demo.Output));
        var printed = Credentials().Match(demo.Output);
        return (printed.Groups["email"].Value, printed.Groups["password"].Value);
    }

    [GeneratedRegex(@"E-mail:\s+(?<email>\S+)\s+Password:\s+(?<password>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credentials();
}
