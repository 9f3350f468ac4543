using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.SecondFactor;

/// <summary>Everybody can read and use the pages that ask for more than a password.</summary>
public sealed class FactorAccessibilityTests
{
    private const string Bob = "bob@example.org";
    private const string Network = "203.0.113.7";

    private readonly TestClock clock = new();

    [Fact]
    public async Task Pages_AreCleanInEveryLanguageAndLook()
    {
        await using var stage = await Stage.StartAsync(
            keys: null,
            settings => settings
                .With("Gateway:SecondFactor:RequiredForRoles:0", "treasurer")
                .With("Gateway:TrustedProxies:0", "127.0.0.0/8")
                .With("Gateway:Login:MaxFailuresPerAddress", "1"),
            clock);
        await stage.Gateway.AddUserAsync(Bob, Stage.Password, "43");
        await stage.Gateway.AddUserAsync("carol@example.org", Stage.Password, "44", "Carol", "treasurer");
        using var owner = stage.Gateway.NewBrowser();
        using var loggedIn = await owner.LoginJsonAsync(Bob, Stage.Password);
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("factor-enrol", page => LogInAsync(page, "carol@example.org"));
        await tour.SeeAsync("factor-off", async page =>
        {
            await LogInAsync(page, Stage.Email);
            await page.GotoAsync("/_gateway/account/factor");
        });
        await tour.SeeAsync("factor-set-up", "/_gateway/account/factor/totp");
        await tour.SeeAsync("reauthenticate", "/_gateway/reauthenticate?returnUrl=%2Fpage");
        await tour.SeeAsync("passkeys", "/_gateway/account/passkeys");
        await tour.SeeAsync("factor", page => LogInAsync(page, Bob));
        await tour.SeeAsync("factor-recovery", "/_gateway/login/factor?returnUrl=%2F&by=recovery");
        await tour.SeeAsync("factor-wrong", async page =>
        {
            await EnterAsync(page, app.WrongCode());
            await page.Locator(".notice.failure").WaitForAsync();
        });
        await stage.Gateway.FailLoginsFromAsync(Network, times: 2);
        await tour.SeeAsync("factor-too-many", async page =>
        {
            await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Forwarded-For"] = Network });
            await EnterAsync(page, app.WrongCode());
            await page.Locator("dl.fine").WaitForAsync();
            await page.SetExtraHTTPHeadersAsync([]);
        });
        await tour.SeeAsync("factor-on", async page =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await LogInAsync(page, Bob);
            await EnterAsync(page, app.Code());
            await page.ArriveAsync("**/page");
            await page.GotoAsync("/_gateway/account/factor");
        });
        await tour.SeeAsync("factor-codes", async page =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await page.FillAsync("#renew-code", app.Code());
            await page.ClickAsync("form:has(#renew-code) button");
            await page.Locator("ol").WaitForAsync();
        });
    }

    private static async Task LogInAsync(IPage page, string email)
    {
        await page.GotoAsync("/_gateway/login?returnUrl=%2Fpage");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", Stage.Password);
        await page.ClickAsync("form:has(#password) button[type=submit]");
        await page.ArriveAsync(url => !url.Contains("/login?", StringComparison.Ordinal));
        await page.Locator("body").WaitForAsync();
    }

    private static async Task EnterAsync(IPage page, string code)
    {
        if (!page.Url.Contains("/login/factor", StringComparison.Ordinal))
            await page.GotoAsync("/_gateway/login/factor");
        await page.FillAsync("#code", code);
        await page.ClickAsync("form:has(#code) button[type=submit]");
    }
}
