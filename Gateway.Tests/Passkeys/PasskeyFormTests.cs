using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Passkeys;

/// <summary>The pages and forms of passkeys, whatever a client makes of them.</summary>
public sealed class PasskeyFormTests
{
    [Fact]
    public async Task Script_IsAllowedOnlyWhereAPasskeyIsAskedFor()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();

        using var login = await browser.GetAsync("/_gateway/login");
        using var logout = await browser.GetAsync("/_gateway/logout");

        Assert.EndsWith("; script-src 'self'", login.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", logout.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfPasskeys_TakesAPasswordOfTheLastTenMinutes()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromMinutes(11));

        using var page = await browser.GetAsync("/_gateway/account/passkeys");

        Assert.StartsWith("/_gateway/reauthenticate?", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visitor_WithAnApp_EntersACodeBeforeAddingAPasskey()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, clock: clock);
        using var browser = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(browser, clock);
        // The code by which the app was set up counts once.
        clock.Advance(TimeSpan.FromSeconds(30));
        using var page = await browser.GetAsync("/_gateway/account/passkeys");
        var form = await HtmlForm.ReadAsync(page, "input[name=code]");

        form.Fields["code"] = app.WrongCode();
        using var wrong = await browser.SubmitAsync(form.Action, form.Fields);
        form.Fields["code"] = app.Code();
        using var right = await browser.SubmitAsync(form.Action, form.Fields);
        using var replayed = await browser.SubmitAsync(form.Action, form.Fields);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        foreach (var refused in (HttpResponseMessage[])[page, wrong, replayed])
            Assert.DoesNotContain("data-options", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("data-options", await right.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("A01")]
    public async Task Address_AfterTooManyRefusedPasskeys_IsRefusedUnseen()
    {
        await using var stage = await Stage.StartAsync(
            keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:Login:MaxFailuresPerAddress", "2"));
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fpage");
        var form = await HtmlForm.ReadAsync(page, "form[data-passkey] button");
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var request = browser.Navigation(HttpMethod.Post, form.Action);
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            request.Content = new FormUrlEncodedContent(form.Fields);
            using var answer = await browser.SendAsync(request);
            answers.Add(answer.StatusCode);
            Assert.Equal(attempt == 2, answer.Headers.RetryAfter is not null);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Forms_ThatHoldNoPasskey_AreRefused()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();
        foreach (var (page, path) in new[] { ("/_gateway/login", "/_gateway/login/passkey"), ("/_gateway/account/passkeys", "/_gateway/account/passkeys") })
        {
            using var shown = await browser.GetAsync(page);
            var form = await HtmlForm.ReadAsync(shown, "form[data-passkey] button");
            Assert.Equal(path, form.Action);
            foreach (var credential in (string[])["", "{}", "[]", "nonsense", """{"id":"AA","rawId":"AA","type":"public-key","response":{}}"""])
            {
                form.Fields["credential"] = credential;
                using var answer = await browser.SubmitAsync(form.Action, form.Fields);
                Assert.InRange((int)answer.StatusCode, 400, 401);
            }
        }
    }

    [Fact]
    public async Task Visitor_WhosePasskeyWasRefused_LogsInByPasswordOnThePageThatSaysSo()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fpage");
        var passkey = await HtmlForm.ReadAsync(page, "form[data-passkey] button");
        using var refused = await browser.SubmitAsync(passkey.Action, passkey.Fields);
        var form = await HtmlForm.ReadAsync(refused, "input[name=password]");

        using var answer = await browser.SubmitAsync(form.Action, [.. form.Fields, new("email", Stage.Email), new("password", Stage.Password)]);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("/page", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task WhatAClientSays_IsNoLineOfTheLog()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fpage");
        var form = await HtmlForm.ReadAsync(page, "form[data-passkey] button");
        form.Fields["credential"] = """
            {"id":"AA","rawId":"AA","type":"x\r\nforged\u001b[2J","clientExtensionResults":{},"response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA"}}
            """;

        using var answer = await browser.SubmitAsync(form.Action, form.Fields);

        var refused = Assert.Single(stage.Gateway.Logs.Containing("forged"));
        Assert.DoesNotContain("\r", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", refused.Text, StringComparison.Ordinal);
    }
}
