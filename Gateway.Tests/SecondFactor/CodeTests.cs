using System.Net;
using Gateway.SecondFactor;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>A code counts once, for one user, and not for whoever guesses.</summary>
public sealed class CodeTests
{
    private const string CodePage = "/_gateway/login/factor";

    [Fact]
    public async Task Code_IsAcceptedOnce()
    {
        await using var stage = await FactorStage.StartAsync();
        var code = stage.App.Code();

        Assert.Equal(HttpStatusCode.SeeOther, await stage.LogInStatusAsync(code));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(code));
    }

    [Fact]
    public async Task Code_ThatConfirmedTheApp_IsUsedUp()
    {
        await using var stage = await FactorStage.StartAsync();

        // Of thirty seconds ago, as this is: a clock may be off by that.
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(stage.App.Code(later: -1)));
    }

    [Fact]
    public async Task Code_OfAnotherUser_IsWrong()
    {
        await using var stage = await FactorStage.StartAsync();
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var bob = stage.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        var bobs = await AuthenticatorApp.SetUpAsync(bob, stage.Clock);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(bobs.Code()));
    }

    [Fact]
    public async Task Guesses_AtTheCode_LockTheAccountHoweverOftenThePasswordIsEntered()
    {
        await using var stage = await FactorStage.StartAsync(settings => settings.With("Gateway:Login:MaxFailures", "3"));
        using var thief = stage.NewBrowser();

        for (var guess = 0; guess < 3; guess++)
        {
            using var wrong = await thief.LoginAsync(stage.App.WrongCode());
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var password = await thief.LoginAsync(Stage.Email, Stage.Password);
        using var byJson = await thief.LoginJsonAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, password.StatusCode);
        Assert.False((await byJson.JsonAsync()).TryGetProperty("factor", out _));

        stage.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.SeeOther, await stage.LogInStatusAsync(stage.App.Code()));
    }

    [Fact]
    public async Task Guesses_OnOnePage_EndWithTheLockedAccount()
    {
        await using var stage = await FactorStage.StartAsync(settings => settings.With("Gateway:Login:MaxFailures", "3"));
        using var thief = await stage.EnterPasswordAsync();
        for (var guess = 0; guess < 3; guess++)
            (await thief.EnterCodeAsync(CodePage, stage.App.WrongCode())).Dispose();

        using var right = await thief.EnterCodeAsync(CodePage, stage.App.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    // A stolen session, and the password with it.
    [Fact]
    public async Task Guesses_AtTheCodeThatTurnsItOff_LockTheAccountHoweverOftenThePasswordIsEntered()
    {
        await using var stage = await FactorStage.StartAsync(settings => settings.With("Gateway:Login:MaxFailures", "3"));
        using var thief = await stage.LogInAsync();
        thief.Cookies["gateway.known"] = null;
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var guess = 0; guess < 3; guess++)
        {
            using var entered = await SendAsync(thief, "/_gateway/reauthenticate", code: "");
            Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
            (await SendAsync(thief, "/_gateway/account/factor", stage.App.WrongCode())).Dispose();
        }

        using var right = await SendAsync(thief, "/_gateway/account/factor", stage.App.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce_HoweverItIsTyped()
    {
        await using var stage = await FactorStage.StartAsync();
        var code = stage.App.RecoveryCodes[3];

        Assert.Equal(RecoveryCode.Count, stage.App.RecoveryCodes.Count);
        Assert.Equal(HttpStatusCode.SeeOther, await stage.LogInStatusAsync(code.Replace('-', ' ').ToUpperInvariant()));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(code));
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string page, string code)
    {
        using var shown = await browser.GetAsync(page);
        var form = await HtmlForm.ReadAsync(shown, "input[name=password]");
        return await browser.SubmitAsync(form.Action, [.. form.Fields, new("password", Stage.Password), new("code", code)]);
    }
}
