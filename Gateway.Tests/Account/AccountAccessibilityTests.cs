using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Account;

/// <summary>Everybody can read and use the pages of the account; makes the pictures of them, too.</summary>
public sealed class AccountAccessibilityTests
{
    [Fact]
    public async Task PagesOfTheAccount_AreCleanInEveryLanguageAndLook()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);
        using var phone = await stage.LogInWithAsync(AccountVisits.Safari, remember: true, "2001:db8:85a3::8a2e:370:7334");
        using var desk = await stage.LogInWithAsync(AccountVisits.Firefox);

        await tour.SeeAsync("account", async page =>
        {
            await page.GotoAsync("/_gateway/login?returnUrl=%2F_gateway%2Faccount");
            await page.FillAsync("#email", Stage.Email);
            await page.FillAsync("#password", Stage.Password);
            await page.ClickAsync("form:has(#password) button");
            await page.ArriveAsync("**/_gateway/account");
        });
        await tour.SeeAsync("account-ended", async page =>
        {
            using var other = await stage.LogInWithAsync(AccountVisits.Firefox);
            await page.GotoAsync(AccountVisits.Page);
            await page.Locator("form[action$='/end'] button").First.ClickAsync();
            await page.ArriveAsync("**/_gateway/account?done=*");
        });
        await tour.SeeAsync("account-password", $"{AccountVisits.Page}/password");
        await tour.SeeAsync("account-password-refused", async page =>
        {
            await page.GotoAsync($"{AccountVisits.Page}/password");
            await page.FillAsync("#current", "");
            await page.FillAsync("#new", "passwordpassword");
            await page.FillAsync("#again", "passwordpasswort");
            await page.EvalOnSelectorAsync("form:has(#current)", "form => form.noValidate = true");
            await page.ClickAsync("form:has(#current) button");
        });
        await tour.SeeAsync("account-stale", async page =>
        {
            await page.GotoAsync(AccountVisits.Page);
            await page.Locator("form[action$='/end'] input[name=__RequestVerificationToken]").First.EvaluateAsync("input => input.value = 'old'");
            await page.Locator("form[action$='/end'] button").First.ClickAsync();
        });
    }

    [Fact]
    public async Task Browser_WithoutAScript_LogsAnotherOut()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        using var lost = await stage.LogInWithAsync(AccountVisits.Firefox);
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = false });
        await page.GotoAsync(AccountVisits.Page);
        await page.GetByLabel("E-mail").FillAsync(Stage.Email);
        await page.GetByLabel("Password").FillAsync(Stage.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/_gateway/account");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "This browser" })).ToContainTextAsync("Chrome on Linux");

        await page.GetByRole(AriaRole.Row, new() { Name = "Firefox on Windows" }).GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are logged out there.");
        Assert.Null(await lost.UserAtAsync());
    }
}
