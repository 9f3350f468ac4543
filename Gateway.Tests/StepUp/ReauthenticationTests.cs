using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.StepUp;

/// <summary>A route asks for a password that was entered within the last ten minutes.</summary>
public sealed class ReauthenticationTests(SharedRedis redis)
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task Route_AfterItsWindow_AsksForThePasswordAndLeadsBack()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync(remember: true);
        var fresh = await browser.UserAtAsync("/money/page");
        var (id, row) = (browser.Cookies[Stage.SessionCookie], browser.Cookies[Stage.RememberCookie]);
        clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        using var asked = await browser.GetAsync("/money/page?a=1");
        using var entered = await EnterAsync(browser, asked.Headers.Location!.OriginalString, Stage.Password);

        Assert.Equal(Stage.UserId, fresh);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        Assert.Equal("/_gateway/reauthenticate?returnUrl=%2Fmoney%2Fpage%3Fa%3D1", asked.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Equal("/money/page?a=1", entered.Headers.Location!.OriginalString);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/money/page"));
        Assert.NotEqual(id, browser.Cookies[Stage.SessionCookie]);
        Assert.Equal(row, browser.Cookies[Stage.RememberCookie]);
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestoredSession_IsAsOldAsItsPassword(bool withRedis)
    {
        var keys = withRedis ? redis.NewKeys() : null;
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        clock.Advance(TimeSpan.FromMinutes(9));
        browser.Close();

        var within = await browser.UserAtAsync("/money/page");
        clock.Advance(TimeSpan.FromMinutes(2));
        browser.Close();
        var restored = await browser.UserAtAsync("/page");

        Assert.Equal(Stage.UserId, within);
        Assert.Equal(Stage.UserId, restored);
        Assert.Null(await browser.UserAtAsync("/money/page"));
    }

    [Fact]
    public async Task Reauthentication_OfASession_IsNotPassedOnByItsRememberedBrowser()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync(remember: true);
        clock.Advance(TimeSpan.FromMinutes(11));
        using var entered = await EnterAsync(browser, "/_gateway/reauthenticate", Stage.Password);
        var reauthenticated = await browser.UserAtAsync("/money/page");

        browser.Close();

        Assert.Equal(Stage.UserId, reauthenticated);
        Assert.Null(await browser.UserAtAsync("/money/page"));
    }

    [Fact]
    public async Task OldSession_AfterReauthentication_IsGone()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());

        using var entered = await EnterAsync(browser, "/_gateway/reauthenticate", Stage.Password);

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Null(await thief.UserAtAsync());
    }

    [Fact]
    public async Task WrongPasswords_CountAsAtALogin()
    {
        await using var stage = await StartAsync(configure: settings => settings.With("Gateway:Login:MaxFailures", "3"));
        using var browser = await stage.LogInAsync();
        var id = browser.Cookies[Stage.SessionCookie];
        for (var guess = 0; guess < 3; guess++)
        {
            using var wrong = await EnterAsync(browser, "/_gateway/reauthenticate", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        // Three of this browser's own, and three of everybody's.
        for (var guess = 0; guess < 3; guess++)
            (await EnterAsync(browser, "/_gateway/reauthenticate", "wrong")).Dispose();
        using var right = await EnterAsync(browser, "/_gateway/reauthenticate", Stage.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Equal(id, browser.Cookies[Stage.SessionCookie]);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Script_AfterTheWindow_IsTold()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        using var answer = await browser.FetchAsync("/money/data");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var problem = await answer.JsonAsync();
        Assert.Equal("insufficient_user_authentication", problem.GetProperty("error").GetString());
        Assert.Equal(600, problem.GetProperty("max_age").GetInt32());
    }

    [Fact]
    public async Task Form_AfterTheWindow_IsSentToThePageByGet()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        using var answer = await browser.SubmitAsync("/money/transfer", [new("amount", "5")]);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/_gateway/reauthenticate?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_gateway/reauthenticate")]
    [InlineData("/_gateway/step-up")]
    [InlineData("/_gateway/account/factor")]
    [InlineData("/_gateway/account/factor/totp")]
    [InlineData("/money/page")]
    public async Task Stranger_IsSentToTheLoginPage(string path)
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.GetAsync(path);
        using var script = await browser.FetchAsync(path);

        Assert.StartsWith("/_gateway/login?returnUrl=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, script.StatusCode);
    }

    [Theory]
    [InlineData("Gateway.ReauthenticateWithin", "10")]
    [InlineData("Gateway.ReauthenticateWithin", "00:00:01")]
    [InlineData("Gateway.SecondFactor", "yes")]
    [InlineData("Gateway.ReauthenticatedWithin", "00:10:00")]
    public async Task Start_WithAMistypedDemand_IsRefusedByItsKey(string key, string value)
    {
        var start = await GatewayProcess.RunAsync(Money(new GatewaySettings().WithRoute("site", "/{**path}", new Uri("http://127.0.0.1:9/"))).With($"ReverseProxy:Routes:money:Metadata:{key}", value), null);

        Assert.Equal(1, start.ExitCode);
        Assert.Contains($"ReverseProxy:Routes:money:Metadata:{key}: ", start.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithADemandOfEverybody_IsRefused()
    {
        var start = await GatewayProcess.RunAsync(
            Money(new GatewaySettings().WithRoute("site", "/{**path}", new Uri("http://127.0.0.1:9/"))).With("ReverseProxy:Routes:money:AuthorizationPolicy", "anonymous"), null);

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("ReverseProxy:Routes:money:Metadata:Gateway.ReauthenticateWithin: ", start.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> EnterAsync(Browser browser, string page, string password)
    {
        using var shown = await browser.GetAsync(page);
        var form = await HtmlForm.ReadAsync(shown, "input[name=password]");
        form.Fields["password"] = password;
        return await browser.SubmitAsync(form.Action, form.Fields);
    }

    private Task<Stage> StartAsync(RedisKeys? keys = null, Func<GatewaySettings, GatewaySettings>? configure = null) => Stage.StartAsync(
        keys, settings => configure?.Invoke(Money(settings)) ?? Money(settings), clock);

    private static GatewaySettings Money(GatewaySettings settings) => settings
        .With("ReverseProxy:Routes:money:ClusterId", "site")
        .With("ReverseProxy:Routes:money:Match:Path", "/money/{**path}")
        .With("ReverseProxy:Routes:money:Metadata:Gateway.ReauthenticateWithin", "00:10:00");
}
