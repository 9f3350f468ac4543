using System.Net;
using Gateway.Tests.Hosting;
using Microsoft.Playwright;

namespace Gateway.Tests.Passkeys;

/// <summary>Ann's laptop has a passkey.</summary>
public sealed class PasskeyTests
{
    private const string Login = "/_gateway/login?returnUrl=%2Fvault%2Fpage";

    private readonly TestClock clock = new();

    [Fact]
    public async Task Passkey_LogsInWithoutAPasswordAndIsASecondFactorByItself()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        await ann.Page.Context.ClearCookiesAsync();

        await ann.Page.GotoAsync("/vault/page#part-2");
        await ann.UsePasskeyAsync();

        Assert.Contains("\"42\"", await ann.UserAtAsync("/vault/page#part-2"), StringComparison.Ordinal);
        await ann.Page.GotoAsync("/money/page");
        Assert.Contains("\"42\"", await ann.UserAtAsync("/money/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkey_IsOfferedWhereTheVisitorTypesTheirAddress()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage, offers: true);
        await ann.Page.Context.ClearCookiesAsync();

        // Nobody presses the button.
        await ann.Page.GotoAsync("/vault/page");

        Assert.Contains("\"42\"", await ann.UserAtAsync("/vault/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkey_IsTheSecondFactorOfWhoMustHaveOne()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RequireSecondFactorAsync(user, required: true));
        await ann.Page.Context.ClearCookiesAsync();

        await ann.EnterPasswordAsync("/vault/page");
        await ann.Page.ArriveAsync("**/_gateway/login/factor?**");
        await ann.UsePasskeyAsync();

        Assert.Contains("\"42\"", await ann.UserAtAsync("/vault/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_Alone_AddsNoSecondFactorBesideAPasskey()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        await ann.Page.Context.ClearCookiesAsync();
        await ann.EnterPasswordAsync("/page");
        await ann.UserAtAsync("/page");

        foreach (var page in (string[])["/_gateway/account/factor/totp", "/_gateway/account/passkeys"])
        {
            await ann.Page.GotoAsync(page);
            Assert.Contains($"/_gateway/step-up?returnUrl={Uri.EscapeDataString(page)}", ann.Page.Url, StringComparison.Ordinal);
        }

        await ann.UsePasskeyAsync();
        await ann.Page.ArriveAsync("**/_gateway/account/passkeys");
    }

    [Fact]
    public async Task Passkey_TakesThePlaceOfThePasswordOnARouteThatAsksForItAgain()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        clock.Advance(TimeSpan.FromMinutes(11));

        await ann.Page.GotoAsync("/money/page");
        await ann.Page.ArriveAsync("**/_gateway/reauthenticate?**");
        await ann.UsePasskeyAsync();

        Assert.Contains("\"42\"", await ann.UserAtAsync("/money/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkey_ThatIsRight_CostsItsAddressNothing()
    {
        await using var stage = await StartAsync(settings => settings.With("Gateway:Login:MaxFailuresPerAddress", "1").With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        await ann.Page.Context.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Forwarded-For"] = "203.0.113.7" });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await ann.Page.Context.ClearCookiesAsync();
            await ann.Page.GotoAsync("/vault/page");
            await ann.UsePasskeyAsync();
            Assert.Contains("\"42\"", await ann.UserAtAsync("/vault/page"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answer_OfAPasskey_CountsOnce()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        var posted = "";
        ann.Page.Request += (_, request) => posted = request.Url.EndsWith("/login/passkey", StringComparison.Ordinal) ? request.PostData! : posted;
        await ann.Page.GotoAsync(Login);
        await ann.UsePasskeyAsync();
        await ann.UserAtAsync("/vault/page");

        var again = await ann.Page.Context.APIRequest.PostAsync("/_gateway/login/passkey", new()
        {
            DataString = posted,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Type"] = "application/x-www-form-urlencoded",
                ["Origin"] = new Uri(ann.Page.Url).GetLeftPart(UriPartial.Authority),
            },
            MaxRedirects = 0,
        });

        Assert.NotEmpty(posted);
        Assert.Equal((int)HttpStatusCode.Unauthorized, again.Status);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("reset")]
    [InlineData("disabled")]
    public async Task Passkey_ThatCountsNoMore_IsRefused(string why)
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var ann = await SignedInWithPasskeyAsync(chromium, stage);
        switch (why)
        {
            case "removed":
                await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Laptop" }).ClickAsync();
                await ann.Page.GetByText("Laptop").WaitForAsync(new() { State = WaitForSelectorState.Detached });
                break;
            case "reset":
                var reset = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "reset-factor", Stage.Email);
                Assert.Equal(0, reset.ExitCode);
                break;
            default:
                await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
                break;
        }

        await ann.Page.Context.ClearCookiesAsync();
        await ann.Page.GotoAsync(Login);
        await ann.UsePasskeyAsync();

        await ann.Page.GetByText("This passkey is not known here").WaitForAsync();
        await ann.Page.GotoAsync("/vault/page");
        Assert.Contains("/_gateway/login?", ann.Page.Url, StringComparison.Ordinal);
    }

    private static async Task<PasskeyDevice> SignedInWithPasskeyAsync(Chromium chromium, Stage stage, bool offers = false)
    {
        var ann = await PasskeyDevice.StartAsync(chromium, stage.Gateway, offers: offers);
        await ann.EnterPasswordAsync("/page");
        await ann.UserAtAsync("/page");
        await ann.AddPasskeyAsync("Laptop");
        return ann;
    }

    private Task<Stage> StartAsync(Func<GatewaySettings, GatewaySettings>? configure = null) => Stage.StartAsync(
        keys: null,
        settings => (configure?.Invoke(settings) ?? settings)
            .With("ReverseProxy:Routes:vault:ClusterId", "site")
            .With("ReverseProxy:Routes:vault:Match:Path", "/vault/{**path}")
            .With("ReverseProxy:Routes:vault:Metadata:Gateway.SecondFactor", "required")
            .With("ReverseProxy:Routes:money:ClusterId", "site")
            .With("ReverseProxy:Routes:money:Match:Path", "/money/{**path}")
            .With("ReverseProxy:Routes:money:Metadata:Gateway.ReauthenticateWithin", "00:10:00"),
        clock);
}
