using System.Net;
using Gateway.SecondFactor;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>A code counts once, for one user, and not for whoever guesses.</summary>
public sealed class CodeTests
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task Code_IsAcceptedOnce()
    {
        await using var stage = await StartAsync();
        var app = await SetUpAsync(stage);
        var code = app.Code();
        using var browser = stage.Gateway.NewBrowser();
        using var other = stage.Gateway.NewBrowser();

        using var first = await browser.LoginAsync(code);
        using var again = await other.LoginAsync(code);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Null(await other.UserAtAsync());
    }

    [Fact]
    public async Task Code_ThatConfirmedTheApp_IsUsedUp()
    {
        await using var stage = await StartAsync();
        using var owner = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(app.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Code_OfAnotherUser_IsWrong()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        await SetUpAsync(stage);
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        var bobs = await AuthenticatorApp.SetUpAsync(bob, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(bobs.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Guesses_AtTheCode_LockTheAccountHoweverOftenThePasswordIsEntered()
    {
        await using var stage = await StartAsync(settings => settings.With("Gateway:Login:MaxFailures", "3"));
        var app = await SetUpAsync(stage);
        using var thief = stage.Gateway.NewBrowser();

        for (var guess = 0; guess < 3; guess++)
        {
            using var wrong = await thief.LoginAsync(app.WrongCode());
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var password = await thief.LoginAsync(Stage.Email, Stage.Password);
        using var byJson = await thief.LoginJsonAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, password.StatusCode);
        Assert.False((await byJson.JsonAsync()).TryGetProperty("factor", out _));

        clock.Advance(TimeSpan.FromMinutes(16));
        using var browser = stage.Gateway.NewBrowser();
        using var later = await browser.LoginAsync(app.Code());
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task Guesses_OnOnePage_EndWithTheLockedAccount()
    {
        await using var stage = await StartAsync(settings => settings.With("Gateway:Login:MaxFailures", "3"));
        var app = await SetUpAsync(stage);
        using var thief = stage.Gateway.NewBrowser();
        using var asked = await thief.LoginAsync(Stage.Email, Stage.Password);
        for (var guess = 0; guess < 3; guess++)
            (await thief.EnterCodeAsync("/_gateway/login/factor", app.WrongCode())).Dispose();

        using var right = await thief.EnterCodeAsync("/_gateway/login/factor", app.Code());

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce_HoweverItIsTyped()
    {
        await using var stage = await StartAsync();
        var app = await SetUpAsync(stage);
        using var browser = stage.Gateway.NewBrowser();
        using var other = stage.Gateway.NewBrowser();
        var code = app.RecoveryCodes[3];

        using var first = await browser.LoginAsync(code.Replace('-', ' ').ToUpperInvariant());
        using var again = await other.LoginAsync(code);

        Assert.Equal(RecoveryCode.Count, app.RecoveryCodes.Count);
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    private Task<Stage> StartAsync(Func<GatewaySettings, GatewaySettings>? configure = null) => Stage.StartAsync(keys: null, configure, clock);

    // With the code that confirmed it used up.
    private async Task<AuthenticatorApp> SetUpAsync(Stage stage)
    {
        using var owner = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        return app;
    }
}
