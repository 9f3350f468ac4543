using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Pages;

public sealed class ContentPolicyTests
{
    [Fact]
    public async Task Page_InABrowser_NeedsNothingThatItsPolicyForbids_AndWorksWithoutAScript()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("logo.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"8\" height=\"8\"/></svg>",
            TestContext.Current.CancellationToken);
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:Branding:Logo", folder.File("logo.svg")));
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en" });
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync("/_gateway/login?returnUrl=%2F_gateway%2Fsession");

        Assert.Equal(8, await page.Locator("header img").EvaluateAsync<int>("image => image.naturalWidth"));
        Assert.Equal("rgb(36, 88, 179)", await page.Locator("button[type=submit]").EvaluateAsync<string>("button => getComputedStyle(button).backgroundColor"));
        Assert.Empty(complaints);

        var plain = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = false });
        await plain.GotoAsync("/_gateway/login?returnUrl=%2F_gateway%2Fsession");
        await plain.GetByRole(AriaRole.Button, new() { Name = "简体中文" }).ClickAsync();
        await plain.GetByLabel("电子邮箱").FillAsync(Stage.Email);
        await plain.GetByLabel("密码").FillAsync(Stage.Password);
        await plain.Keyboard.PressAsync("Enter");
        await plain.ArriveAsync("**/_gateway/session");
    }
}
