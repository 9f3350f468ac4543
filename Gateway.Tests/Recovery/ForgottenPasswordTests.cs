using System.Net;
using Gateway.Audit;
using Gateway.RememberMe;
using Gateway.Tests.Account;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Recovery;

/// <summary>Ann has forgotten her password.</summary>
public sealed class ForgottenPasswordTests(SharedRedis redis) : IDisposable
{
    private readonly Mailbox mailbox = new();
    private readonly TestClock clock = new();

    [Theory]
    [Requirement("S09")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_SetsANewPasswordByTheLinkInTheMail_WhichEndsEverySessionAndBrowserOnEveryNode(bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null, settings => mailbox.Configure(settings).With("Gateway:Session:CacheFor", "00:00:10"));
        var second = inRedis ? await stage.StartNodeAsync() : stage.Gateway;
        using var remembered = (await stage.LogInAsync(remember: true)).At(second.BaseAddress);
        using var session = (await stage.LogInAsync()).At(second.BaseAddress);
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
        Assert.Equal(Stage.UserId, await session.UserAtAsync());
        using var browser = stage.Gateway.NewBrowser();
        using var login = await browser.GetAsync("/_gateway/login");
        Assert.Contains($"href=\"{RecoveryVisits.Page}\"", await login.TextAsync(), StringComparison.Ordinal);

        using var asked = await browser.ForgetAsync(" ANN@example.org ");
        var mail = await mailbox.WaitAsync(1);
        using var set = await browser.At(second.BaseAddress).SetPasswordAsync(Mailbox.LinkIn(mail));
        using var after = await browser.FollowAsync(set);

        Assert.Equal(Stage.Email, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal("/_gateway/login?reset=done", set.Headers.Location?.OriginalString);
        Assert.Contains("Your new password is set", await after.TextAsync(), StringComparison.Ordinal);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        foreach (var other in (Browser[])[remembered, session])
            await Eventually.TrueAsync(async () => await other.UserAtAsync() is null);
        Assert.Empty(await stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(RecoveryVisits.New));
        Assert.Contains("has just been changed", (await mailbox.WaitAsync(2)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trail_TellsWhoAskedWhatWasSentAndWhatWasSet_AndNoToken()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        await stage.Gateway.ForgetAsync("nobody@example.org");
        var link = await AskAsync(stage, 1);

        using var set = await browser.SetPasswordAsync(link);
        using var again = await browser.GetAsync(link);

        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync(AuditActions.PasswordResetAsked)).Count == 2);
        var subjects = (await stage.Gateway.AuditAsync(AuditActions.PasswordResetAsked)).Select(what => what.Subject!).Order(StringComparer.Ordinal).ToList();
        Assert.Matches("^account:[0-9a-f]{16}$", subjects[0]);
        Assert.Equal("user:42", subjects[1]);
        var sent = await stage.Gateway.OneAsync(AuditActions.PasswordResetSent);
        Assert.Equal((null, "user:42", "127.0.0.1"), (sent.Actor, sent.Subject, sent.Address));
        var reset = await stage.Gateway.OneAsync(AuditActions.UserPasswordReset);
        Assert.Equal(("user:42", "user:42", """{"link":"forgotten"}"""), (reset.Actor, reset.Subject, reset.Detail));
        Assert.Null((await stage.Gateway.OneAsync(AuditActions.PasswordResetRefused)).Subject);
        var token = link.Split('=')[1];
        Assert.DoesNotContain(token, string.Concat(await stage.Gateway.AuditAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Gateway.Logs.Entries, entry => entry.Text.Contains(token, StringComparison.Ordinal) || entry.Text.Contains(Stage.Email, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Requirement("A04")]
    public async Task Answer_IsTheSame_WhoeverIsAskedFor()
    {
        await using var stage = await StartAsync(settings => settings.With("Gateway:Recovery:MaxPerAccount", "1"));
        await stage.Gateway.AddUserAsync("off@example.org", Stage.Password);
        await stage.Gateway.ChangeUserAsync("off@example.org", (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        var answers = new List<string>();

        foreach (var email in (string[])[Stage.Email, "nobody@example.org", "off@example.org", Stage.Email])
        {
            using var browser = stage.Gateway.NewBrowser();
            using var answer = await browser.ForgetAsync(email);
            using var page = await browser.GetAsync(answer.Headers.Location!.OriginalString);
            answers.Add($"{(int)answer.StatusCode} {Headers(answer)} {await answer.TextAsync()} {(int)page.StatusCode} {Headers(page)} {await page.TextAsync()}");
        }

        // When it has ended, nothing is left to be sent.
        await stage.Gateway.DisposeAsync();
        Assert.Contains("a mail is on its way", answers[0], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(Stage.Email, Assert.Single(mailbox.Mails).To.Mailboxes.Single().Address);
        Assert.Single(stage.Gateway.Logs.Of("TooManyMails"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("ann@example.org\r\nBcc: eve@example.org")]
    [InlineData("ann@example.org,eve@example.org")]
    [InlineData("\"ann@example.org> x\"@example.org")]
    public async Task Address_ThatIsNone_IsToldSo(string email)
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.ForgetAsync(email);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Please enter your e-mail address.", await answer.TextAsync(), StringComparison.Ordinal);
        await stage.Gateway.DisposeAsync();
        Assert.Empty(mailbox.Mails);
    }

    // U+0131 is an I in capitals, as i is.
    [Fact]
    public async Task Mail_GoesToTheAddressThatTheUserHas_HoweverItWasTyped()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.AddUserAsync("mike@example.org", Stage.Password);

        await stage.Gateway.ForgetAsync("m\u0131ke@example.org");
        await stage.Gateway.ForgetAsync("MIKE@example.org");

        await mailbox.WaitAsync(1);
        await stage.Gateway.DisposeAsync();
        Assert.All(mailbox.Mails, mail => Assert.Equal("mike@example.org", mail.To.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task SecondFactor_IsAskedForAllTheSame()
    {
        await using var stage = await StartAsync();
        using var owner = await stage.LogInAsync();
        var app = await AuthenticatorApp.SetUpAsync(owner, clock);
        clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = stage.Gateway.NewBrowser();

        using var set = await browser.SetPasswordAsync(await AskAsync(stage, 1));
        using var asked = await browser.LoginAsync(Stage.Email, RecoveryVisits.New, returnUrl: "/page");
        var before = await browser.UserAtAsync();
        using var entered = await browser.EnterCodeAsync(asked.Headers.Location!.OriginalString, app.Code());

        Assert.StartsWith("/_gateway/login/factor?", asked.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Null(before);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task User_WhoIsLockedOut_ComesInWithTheNewPassword()
    {
        await using var stage = await StartAsync();
        for (var guess = 0; guess < 6; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync("wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        using var browser = stage.Gateway.NewBrowser();

        using var set = await browser.SetPasswordAsync(await AskAsync(stage, 1));

        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(RecoveryVisits.New));
    }

    [Fact]
    public async Task Page_WithoutMail_IsNotThere()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var login = await browser.GetAsync("/_gateway/login");

        Assert.DoesNotContain("forgot", await login.TextAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])[RecoveryVisits.Page, "/_gateway/reset?token=x"])
        {
            using var page = await browser.GetAsync(path);
            using var sent = await browser.FetchAsync(path, HttpMethod.Post);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, sent.StatusCode));
        }
    }

    public void Dispose() => mailbox.Dispose();

    private static string Headers(HttpResponseMessage answer) => string.Join('\n', answer.Headers
        .Where(header => header.Key is not ("Date" or "Set-Cookie"))
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));

    private Task<Stage> StartAsync(Func<GatewaySettings, GatewaySettings>? configure = null) =>
        Stage.StartAsync(keys: null, settings => configure is null ? mailbox.Configure(settings) : configure(mailbox.Configure(settings)), clock);

    private async Task<string> AskAsync(Stage stage, int mails)
    {
        await stage.Gateway.ForgetAsync(Stage.Email);
        return await mailbox.LinkAsync(mails);
    }
}
