using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>A visitor turns a second factor on and off by themselves.</summary>
public sealed class FactorPageTests
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task TurningOn_EndsEveryOtherSessionAndKeepsThisBrowserUnderANewId()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var other = await stage.LogInAsync(remember: true);
        using var browser = await stage.LogInAsync(remember: true);
        var before = browser.Cookies[Stage.SessionCookie];

        await AuthenticatorApp.SetUpAsync(browser, clock);

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.NotEqual(before, browser.Cookies[Stage.SessionCookie]);
        Assert.Null(await other.UserAtAsync());
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task TurningOn_WithACodeThatDoesNotFit_LeavesItOff()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        using var page = await browser.GetAsync("/_gateway/account/factor/totp");
        var form = await HtmlForm.ReadAsync(page, "input[name=ticket]");
        form.Fields["code"] = "000000x";

        using var answer = await browser.SubmitAsync(form.Action, form.Fields);
        using var login = await stage.LogInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(form.Fields["ticket"].Length, (await HtmlForm.ReadAsync(answer, "input[name=ticket]")).Fields["ticket"].Length);
        Assert.Equal(Stage.UserId, await login.UserAtAsync());
    }

    [Fact]
    public async Task TurningOn_TakesAPasswordOfTheLastTenMinutes()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        using var page = await browser.GetAsync("/_gateway/account/factor/totp");

        Assert.Equal("/_gateway/reauthenticate?returnUrl=%2F_gateway%2Faccount%2Ffactor%2Ftotp", page.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task TurningOn_WithTheTicketOfAnotherUser_IsRefused()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        await stage.Gateway.AddUserAsync("eve@example.org", Stage.Password, "66");
        using var eve = stage.Gateway.NewBrowser();
        using var loggedIn = await eve.LoginJsonAsync("eve@example.org", Stage.Password);
        using var evesPage = await eve.GetAsync("/_gateway/account/factor/totp");
        var eves = await HtmlForm.ReadAsync(evesPage, "input[name=ticket]");
        using var browser = await stage.LogInAsync();
        using var page = await browser.GetAsync("/_gateway/account/factor/totp");
        var form = await HtmlForm.ReadAsync(page, "input[name=ticket]");
        form.Fields["ticket"] = eves.Fields["ticket"];
        form.Fields["code"] = "123456";

        using var answer = await browser.SubmitAsync(form.Action, form.Fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task TurningOff_TakesPasswordAndCode(bool rightPassword, bool rightCode)
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(browser, clock);
        clock.Advance(TimeSpan.FromSeconds(30));

        using var answer = await TurnOffAsync(browser, rightPassword ? Stage.Password : "wrong", rightCode ? app.Code() : app.WrongCode());
        using var visitor = stage.Gateway.NewBrowser();
        using var login = await visitor.LoginJsonAsync(Stage.Email, Stage.Password);

        Assert.Equal(rightPassword && rightCode ? HttpStatusCode.SeeOther : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(rightPassword && rightCode ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task NewRecoveryCodes_ReplaceTheOldOnes()
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(browser, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var page = await browser.GetAsync("/_gateway/account/factor");
        var form = await HtmlForm.ReadAsync(page, "#renew-code");
        form.Fields["code"] = app.Code();

        using var renewed = await browser.SubmitAsync(form.Action, form.Fields);
        using var visitor = stage.Gateway.NewBrowser();
        using var login = await visitor.LoginAsync(app.RecoveryCodes[0]);

        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        Assert.DoesNotContain(app.RecoveryCodes[0], await renewed.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
    }

    [Theory]
    [InlineData("/_gateway/account/factor/off")]
    [InlineData("/_gateway/account/factor/codes")]
    [InlineData("/_gateway/account/factor/totp")]
    [InlineData("/_gateway/login/factor")]
    [InlineData("/_gateway/login/enrol")]
    [InlineData("/_gateway/step-up")]
    [InlineData("/_gateway/reauthenticate")]
    public async Task Form_OfAnotherSiteOrWithoutItsToken_DoesNothing(string path)
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        using var foreign = browser.Navigation(HttpMethod.Post, path);
        foreign.Content = new FormUrlEncodedContent([new("code", "123456")]);
        foreign.Headers.Add("Origin", "https://evil.example");

        using var fromElsewhere = await browser.SendAsync(foreign);
        using var withoutToken = await browser.SubmitAsync(path, [new("code", "123456")]);

        Assert.Equal(HttpStatusCode.Forbidden, fromElsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
    }

    // Whoever had to log in or enter the password after sending one comes back by its address.
    [Theory]
    [InlineData("/_gateway/account/factor/off")]
    [InlineData("/_gateway/account/factor/codes")]
    [InlineData("/_gateway/account/passkeys/remove")]
    [InlineData("/_gateway/account/passkeys/code")]
    public async Task AddressOfAForm_AskedFor_LeadsToThePageThatSaysThatNothingWasDone(string path)
    {
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();

        using var page = await browser.VisitAsync(path, "same-origin");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("nothing was changed", await page.TextAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> TurnOffAsync(Browser browser, string password, string code)
    {
        using var page = await browser.GetAsync("/_gateway/account/factor");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        form.Fields["password"] = password;
        form.Fields["code"] = code;
        return await browser.SubmitAsync(form.Action, form.Fields);
    }
}
