using System.Net;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Recovery;

/// <summary>Nobody is buried under mails that somebody else asked for.</summary>
public sealed class RecoveryLimitTests(SharedRedis redis) : IDisposable
{
    private const string Here = "203.0.113.7";

    private readonly Mailbox mailbox = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task User_GetsThreeMailsAnHour_WhoeverAsksAndHoweverTheAddressIsWritten()
    {
        await using var stage = await Stage.StartAsync(keys: null, mailbox.Configure, clock);
        foreach (var email in (string[])[Stage.Email, "ANN@example.org", "Ann@Example.org"])
            await stage.Gateway.ForgetAsync(email);
        await mailbox.WaitAsync(3);

        await stage.Gateway.ForgetAsync(Stage.Email);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("TooManyMails").Count == 1);
        Assert.Equal(3, mailbox.Mails.Count);

        clock.Advance(TimeSpan.FromHours(1));
        await stage.Gateway.ForgetAsync(Stage.Email);
        await mailbox.WaitAsync(4);
    }

    [Fact]
    public async Task User_WithASecondFactor_StaysLocked_SoThatTheMailGivesNoGuessesAtTheCodeBack()
    {
        await using var stage = await Stage.StartAsync(keys: null, mailbox.Configure, clock);
        using var owner = await stage.LogInAsync();
        await AuthenticatorApp.SetUpAsync(owner, clock);
        using var browser = stage.Gateway.NewBrowser();
        for (var guess = 0; guess < 6; guess++)
            (await browser.LoginJsonAsync(Stage.Email, "wrong")).Dispose();

        await stage.Gateway.ForgetAsync(Stage.Email);
        using var set = await browser.SetPasswordAsync(await mailbox.LinkAsync(1));
        using var locked = await browser.LoginJsonAsync(Stage.Email, RecoveryVisits.New);
        clock.Advance(TimeSpan.FromMinutes(15));
        using var asked = await browser.LoginJsonAsync(Stage.Email, RecoveryVisits.New);

        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        Assert.False((await locked.JsonAsync()).TryGetProperty("factor", out _));
        Assert.Equal("totp", (await asked.JsonAsync()).GetProperty("factor").GetString());
    }

    [Fact]
    public async Task Mails_AreCountedOnAllNodesTogether()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => mailbox.Configure(settings).With("Gateway:Recovery:MaxPerAccount", "1"));
        var second = await stage.StartNodeAsync();
        await stage.Gateway.ForgetAsync(Stage.Email);
        await mailbox.WaitAsync(1);

        await second.ForgetAsync(Stage.Email);

        await Eventually.TrueAsync(() => second.Logs.Of("TooManyMails").Count == 1);
    }

    [Fact]
    public async Task Address_ThatAsksForTooMany_WaitsForTheEndOfTheHour_WhomeverItAsksFor()
    {
        await using var stage = await StartAsync("2");
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(stage, Here, "nobody@example.org"));
        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(stage, Here, Stage.Email));

        using var browser = stage.Gateway.NewBrowser();
        using var refused = await SendAsync(browser, Here, Stage.Email);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(40), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("Please try again in 40 minutes", await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(stage, Here, "nobody@example.org"));
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(stage, "203.0.113.8", "nobody@example.org"));
        Assert.Null((await stage.Gateway.OneAsync(AuditActions.PasswordResetThrottled)).Subject);
        clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(stage, Here, "nobody@example.org"));
    }

    [Theory]
    [InlineData("1", "127.0.0.1")]
    [InlineData("0", Here)]
    public async Task Address_WithoutALimitOrOfThisMachine_AsksForAsManyAsItLikes(string limit, string address)
    {
        await using var stage = await StartAsync(limit);

        for (var ask = 0; ask < 4; ask++)
            Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(stage, address, "nobody@example.org"));
    }

    public void Dispose() => mailbox.Dispose();

    private static async Task<HttpStatusCode> AskAsync(Stage stage, string address, string email)
    {
        using var browser = stage.Gateway.NewBrowser();
        using var answer = await SendAsync(browser, address, email);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string address, string email)
    {
        using var page = await browser.GetAsync(RecoveryVisits.Page);
        var form = await HtmlForm.ReadAsync(page, "input[name=email]");
        using var request = browser.Navigation(HttpMethod.Post, form.Action);
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = new FormUrlEncodedContent([.. form.Fields, new("email", email)]);
        return await browser.SendAsync(request);
    }

    private Task<Stage> StartAsync(string limit) => Stage.StartAsync(
        keys: null,
        settings => mailbox.Configure(settings).With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:Recovery:MaxPerAddress", limit),
        clock);
}
