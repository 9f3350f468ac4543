using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Recovery;

/// <summary>Everybody can read and use the pages that help with a forgotten password; makes the pictures of them, too.</summary>
public sealed class RecoveryAccessibilityTests : IDisposable
{
    private readonly Mailbox mailbox = new();

    [Fact]
    public async Task Pages_AreCleanInEveryLanguageAndLook()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => mailbox.Configure(settings)
            .With("Gateway:Branding:Name", "Mill & Meadow")
            .With("Gateway:TrustedProxies:0", "127.0.0.0/8")
            .With("Gateway:Recovery:MaxPerAddress", "1"));
        await stage.Gateway.RunCommandAsync("users", "invite", "bob@example.org");
        await stage.Gateway.ForgetAsync(Stage.Email);
        var (invitation, link) = (await mailbox.LinkAsync(1), await mailbox.LinkAsync(2));
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("login-with-mail", "/_gateway/login");
        await tour.SeeAsync("forgot", RecoveryVisits.Page);
        await tour.SeeAsync("forgot-empty", async page =>
        {
            await page.GotoAsync(RecoveryVisits.Page);
            await page.EvalOnSelectorAsync("form:has(#email)", "form => form.noValidate = true");
            await page.ClickAsync("form:has(#email) button");
            await page.Locator(".fault").WaitForAsync();
        });
        await tour.SeeAsync("forgot-asked", page => AskAsync(page, "127.0.0.1"));
        await tour.SeeAsync("forgot-too-many", async page =>
        {
            await AskAsync(page, "203.0.113.7");
            await AskAsync(page, "203.0.113.7");
        });
        await tour.SeeAsync("reset-invited", invitation);
        await tour.SeeAsync("reset", link);
        await tour.SeeAsync("reset-refused", async page =>
        {
            await page.GotoAsync(link);
            await page.FillAsync("#new", "passwordpassword");
            await page.FillAsync("#again", "passwordpasswort");
            await page.ClickAsync("form:has(#new) button");
            await page.Locator(".fault").First.WaitForAsync();
        });
        await tour.SeeAsync("reset-gone", "/_gateway/reset?token=x");
        await tour.SeeAsync("login-reset", async page =>
        {
            // From a page of the same site, or nothing would be said.
            await page.GotoAsync(RecoveryVisits.Page);
            await page.EvaluateAsync("location.assign('/_gateway/login?reset=done')");
            await page.ArriveAsync("**/_gateway/login?reset=done");
        });
    }

    [Fact]
    public async Task Visitor_WithoutAScript_ComesInAgain()
    {
        await using var stage = await Stage.StartAsync(keys: null, mailbox.Configure);
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = false });
        await page.GotoAsync("/page");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgotten your password?" }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(Stage.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me the link" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("a mail is on its way");

        await page.GotoAsync(await mailbox.LinkAsync(1));
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(RecoveryVisits.New);
        await page.GetByLabel("New password, once more").FillAsync(RecoveryVisits.New);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Your new password is set. Please log in with it.");
        await page.GetByLabel("E-mail").FillAsync(Stage.Email);
        await page.GetByLabel("Password").FillAsync(RecoveryVisits.New);
        await page.Keyboard.PressAsync("Enter");

        await page.ArriveAsync(url => !url.Contains("/login", StringComparison.Ordinal));
        Assert.Contains(Stage.UserId, await page.ContentAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => mailbox.Dispose();

    // A visitor of another network: what comes from the gateway's own machine has no limit.
    private static async Task AskAsync(IPage page, string address)
    {
        await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Forwarded-For"] = address });
        await page.GotoAsync(RecoveryVisits.Page);
        await page.FillAsync("#email", "nobody@example.org");
        await page.ClickAsync("form:has(#email) button");
        await page.Locator(".notice").WaitForAsync();
        await page.SetExtraHTTPHeadersAsync([]);
    }
}
