using System.Net;
using System.Net.WebSockets;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>An operator insists on a second factor: of a user, of a role, on a route.</summary>
public sealed class RequiredFactorTests
{
    private readonly TestClock clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_WhoMustHaveOne_SetsItUpAtTheNextLoginBeforeAnythingElse(bool byRole)
    {
        await using var stage = await StartAsync(byRole);
        if (!byRole)
            await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RequireSecondFactorAsync(user, required: true));
        using var browser = stage.Gateway.NewBrowser();

        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true, returnUrl: "/page?a=1");
        var before = await browser.UserAtAsync();
        using var page = await browser.GetAsync(asked.Headers.Location!.OriginalString);
        var (app, enrolled) = await AuthenticatorApp.SetUpAsync(browser, page, clock);

        Assert.StartsWith("/_gateway/login/enrol?", asked.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Null(before);
        Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);
        Assert.Contains("href=\"/page?a=1\"", await enrolled.TextAsync(), StringComparison.Ordinal);
        // It would lead away from codes that are shown this once.
        Assert.DoesNotContain("class=\"languages\"", await enrolled.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        clock.Advance(TimeSpan.FromSeconds(30));
        using var next = stage.Gateway.NewBrowser();
        using var again = await next.LoginAsync(app.Code());
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        enrolled.Dispose();
    }

    [Fact]
    public async Task Login_ByJson_OfWhoMustSetOneUp_SaysSo()
    {
        await using var stage = await StartAsync(byRole: true);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("enrol", (await answer.JsonAsync()).GetProperty("factor").GetString());
    }

    [Fact]
    public async Task Demand_OfAnOperator_EndsSessionsAndRememberedBrowsersWithoutIt()
    {
        await using var stage = await StartAsync(byRole: false);
        using var browser = await stage.LogInAsync(remember: true);

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RequireSecondFactorAsync(user, required: true));
        clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null);
    }

    [Fact]
    public async Task Role_ThatAsksForOne_IsOfNoUseToASessionWithoutIt()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:SecondFactor:RequiredForRoles:0", "treasurer"), clock);
        using var browser = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["treasurer"]));
        clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password);
        Assert.StartsWith("/_gateway/login/enrol", login.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RememberedBrowser_OfWhoMustHaveOneByNow_RestoresNothingThatItDidNotProve()
    {
        await using var stage = await StartAsync(byRole: false, settings => settings.With("Gateway:SecondFactor:RequiredForRoles:0", "treasurer"));
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        var before = await browser.UserAtAsync();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["treasurer"]));
        browser.Close();

        Assert.Equal(Stage.UserId, before);
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Route_ThatAsksForOne_LeadsThereAndBack()
    {
        await using var stage = await StartAsync(byRole: false);
        using var browser = await stage.LogInAsync(remember: true);

        using var asked = await browser.GetAsync("/vault/page?a=1&b=%2F");
        using var enrol = await browser.GetAsync(asked.Headers.Location!.OriginalString);
        using var page = await browser.GetAsync(enrol.Headers.Location!.OriginalString);
        var (app, enrolled) = await AuthenticatorApp.SetUpAsync(browser, page, clock);

        Assert.Equal("/_gateway/step-up?returnUrl=%2Fvault%2Fpage%3Fa%3D1%26b%3D%252F", asked.Headers.Location.OriginalString);
        Assert.Contains("href=\"/vault/page?a=1&amp;b=%2F\"", await enrolled.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/vault/page"));
        // What the browser has shown, it has shown for as long as it is remembered.
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/vault/page"));
        Assert.NotEmpty(app.RecoveryCodes);
        enrolled.Dispose();
    }

    [Fact]
    public async Task Route_ThatAsksForOne_TellsScriptsAndWebSockets()
    {
        await using var stage = await StartAsync(byRole: false);
        using var browser = await stage.LogInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", browser.Cookies.HeaderFor("/vault/ws")!);
        socket.Options.CollectHttpResponseDetails = true;

        using var answer = await browser.FetchAsync("/vault/data");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri(stage.Gateway.BaseAddress.AbsoluteUri.Replace("http://", "ws://", StringComparison.Ordinal) + "vault/ws"), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal("insufficient_user_authentication", problem.GetProperty("error").GetString());
        Assert.Equal("mfa", problem.GetProperty("acr_values").GetString());
        Assert.Equal("/_gateway/step-up", problem.GetProperty("page").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task TurningOff_WhatMustBeThere_LeadsToTheNextLogin()
    {
        await using var stage = await StartAsync(byRole: false);
        using var browser = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(browser, clock);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RequireSecondFactorAsync(user, required: true));
        clock.Advance(TimeSpan.FromSeconds(30));
        using var page = await browser.GetAsync("/_gateway/account/factor");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        form.Fields["password"] = Stage.Password;
        form.Fields["code"] = app.Code();

        using var off = await browser.SubmitAsync(form.Action, form.Fields);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password);

        Assert.StartsWith("/_gateway/login?", off.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/_gateway/login/enrol?", login.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private Task<Stage> StartAsync(bool byRole, Func<GatewaySettings, GatewaySettings>? configure = null) => Stage.StartAsync(
        keys: null,
        settings =>
        {
            settings = settings.With("ReverseProxy:Routes:vault:ClusterId", "site")
                .With("ReverseProxy:Routes:vault:Match:Path", "/vault/{**path}")
                .With("ReverseProxy:Routes:vault:Metadata:Gateway.SecondFactor", "required");
            settings = byRole ? settings.With("Gateway:SecondFactor:RequiredForRoles:0", "Reader") : settings;
            return configure?.Invoke(settings) ?? settings;
        },
        clock);
}
