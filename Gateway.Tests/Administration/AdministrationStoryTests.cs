using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Administration;

/// <summary>An administrator's morning, in a browser without a script.</summary>
public sealed class AdministrationStoryTests
{
    [Fact]
    public async Task Administrator_AddsAUser_WhoLogsIn_AndIsOutOnceDisabled()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var admin = await NewPageAsync(chromium, stage);
        var bob = await NewPageAsync(chromium, stage);
        await LogInAsync(admin, "/_gateway/account", AdministrationVisits.Email, AdministrationVisits.Password);
        await admin.GetByRole(AriaRole.Link, new() { Name = "Administration" }).ClickAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "New user" }).ClickAsync();

        await admin.GetByLabel("E-mail").FillAsync("bob@example.org");
        await admin.GetByLabel("Name").FillAsync("Bob Builder");
        await admin.Keyboard.PressAsync("Enter");
        await Assertions.Expect(admin.GetByRole(AriaRole.Status)).ToHaveTextAsync("The user is added.");
        await LogInAsync(bob, "/page", "bob@example.org", await admin.Locator("#password").InnerTextAsync());

        await admin.GetByRole(AriaRole.Link, new() { Name = "Users" }).ClickAsync();
        await admin.GetByLabel("E-mail, name or id").FillAsync("builder");
        await admin.Keyboard.PressAsync("Enter");
        await admin.GetByRole(AriaRole.Link, new() { Name = "bob@example.org" }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Row, new() { Name = "Chrome on Linux" })).ToHaveCountAsync(1);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Status)).ToContainTextAsync("disabled");

        await bob.GotoAsync("/page");
        await bob.ArriveAsync("**/_gateway/login?*");
        await admin.GetByRole(AriaRole.Link, new() { Name = "What this user did" }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Row, new() { Name = "user.disabled" })).ToContainTextAsync(AdministrationVisits.Email);
    }

    private static Task<IPage> NewPageAsync(Chromium chromium, Stage stage) =>
        chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = false });

    private static async Task LogInAsync(IPage page, string path, string email, string password)
    {
        await page.GotoAsync(path);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**" + path);
    }
}
