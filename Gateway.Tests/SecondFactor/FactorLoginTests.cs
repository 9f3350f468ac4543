using System.Net;
using System.Net.Http.Json;
using Gateway.SecondFactor;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.SecondFactor;

/// <summary>Ann has an authenticator app, and her password alone opens nothing.</summary>
public sealed class FactorLoginTests
{
    private const string Pending = "gateway.login";

    [Fact]
    public async Task Login_WithPasswordAndCode_LeadsToThePageAskedFor()
    {
        await using var stage = await FactorStage.StartAsync();
        using var browser = stage.NewBrowser();

        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: "/page?a=1");
        var sessionBefore = browser.Cookies[Stage.SessionCookie];
        using var answer = await browser.EnterCodeAsync(asked.Headers.Location!.OriginalString, stage.App.Code());

        Assert.Null(sessionBefore);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/page?a=1", answer.Headers.Location!.OriginalString);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Null(browser.Cookies[Pending]);
    }

    [Fact]
    public async Task Password_WithoutTheCode_OpensNothing()
    {
        await using var stage = await FactorStage.StartAsync();
        using var browser = stage.NewBrowser();

        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        Assert.Null(await browser.UserAtAsync());
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        var cookie = Assert.Single(asked.SetCookies(Pending));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=300", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WrongPassword_OfWhoHasACode_GetsTheAnswerOfEverybody()
    {
        await using var stage = await FactorStage.StartAsync();
        using var browser = stage.NewBrowser();

        using var ann = await browser.LoginAsync(Stage.Email, "wrong");
        using var nobody = await browser.LoginAsync("nobody@example.org", "wrong");
        using var page = await browser.GetAsync("/_gateway/login/factor");

        Assert.Equal(HttpStatusCode.Unauthorized, ann.StatusCode);
        Assert.Equal(nobody.StatusCode, ann.StatusCode);
        Assert.Null(browser.Cookies[Pending]);
        Assert.StartsWith("/_gateway/login?", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("disabled")]
    [InlineData("late")]
    [InlineData("logout")]
    [InlineData("stolen cookie of another kind")]
    public async Task PendingLogin_ThatCountsNoMore_BeginsAnew(string why)
    {
        await using var stage = await FactorStage.StartAsync();
        using var browser = stage.NewBrowser();
        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password);
        using var page = await browser.GetAsync(asked.Headers.Location!.OriginalString);
        var form = await HtmlForm.ReadAsync(page, "input[name=code]");

        switch (why)
        {
            case "password":
                await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetPasswordAsync(user, "another long pass phrase"));
                break;
            case "disabled":
                await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
                break;
            case "logout":
                (await browser.LogoutAsync()).Dispose();
                break;
            case "late":
                stage.Clock.Advance(TimeSpan.FromMinutes(5));
                break;
            default:
                browser.Cookies[Pending] = browser.Cookies["gateway.known"] ?? "CfDJ8";
                break;
        }

        form.Fields["code"] = stage.App.Code();
        using var answer = await browser.SubmitAsync(form.Action, form.Fields);

        Assert.StartsWith("/_gateway/login?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Login_ByJson_IsToldOfTheFactorAndTakesTheCode()
    {
        await using var stage = await FactorStage.StartAsync();
        using var browser = stage.NewBrowser();

        using var asked = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        using var wrongCode = await SendAsync(browser, Stage.Password, stage.App.WrongCode());
        using var wrongPassword = await SendAsync(browser, "wrong", stage.App.Code());
        using var plainWrong = await browser.LoginJsonAsync(Stage.Email, "wrong");
        using var right = await SendAsync(browser, Stage.Password, stage.App.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal("totp", (await asked.JsonAsync()).GetProperty("factor").GetString());
        Assert.Equal("totp", (await wrongCode.JsonAsync()).GetProperty("factor").GetString());
        Assert.Equal(await plainWrong.TextAsync(), await wrongPassword.TextAsync());
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Secrets_AreEncryptedAndRecoveryCodesHashed()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var owner = await stage.LogInAsync();
        using var page = await owner.GetAsync("/_gateway/account/factor/totp");
        var html = await page.TextAsync();
        var (app, answer) = await AuthenticatorApp.SetUpAsync(owner, page, clock);
        answer.Dispose();

        var (secret, hashes) = await stage.Gateway.InDatabaseAsync(async database => (
            (await database.Set<TotpKey>().SingleAsync(TestContext.Current.CancellationToken)).Secret,
            await database.Set<RecoveryCode>().Select(code => code.Hash).ToListAsync(TestContext.Current.CancellationToken)));

        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.True(secret.Length > 100);
        Assert.All(app.RecoveryCodes, code => Assert.Contains(RecoveryCode.HashOf(code)!, hashes));
        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));
        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, string password, string code) => browser.FetchAsync(
        "/_gateway/login", HttpMethod.Post, JsonContent.Create(new { email = Stage.Email, password, code }));
}
