using System.Net;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Recovery;

/// <summary>An operator invites Bob, who chooses his password himself.</summary>
public sealed class InvitationTests : IDisposable
{
    private const string Bob = "bob@example.org";

    private readonly Mailbox mailbox = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task Invitation_ByAProcessOfItsOwn_LeadsToAPasswordThatLogsIn()
    {
        await using var stage = await Stage.StartAsync(keys: null, mailbox.Configure);

        var invited = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "users", "invite", Bob, "--id", "43", "--name", "Bob", "--role", "editor", "--json");
        var mail = await mailbox.WaitAsync(1);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync(Mailbox.LinkIn(mail));
        using var set = await browser.SetPasswordAsync(Mailbox.LinkIn(mail));
        using var loggedIn = await browser.LoginAsync(Bob, RecoveryVisits.New);

        Assert.Equal((0, ""), (invited.ExitCode, invited.Error));
        var line = JsonElement.Parse(invited.Out);
        Assert.Equal(["id", "email", "added", "expiresAt"], line.EnumerateObject().Select(field => field.Name));
        Assert.InRange(line.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Equal(Bob, mail.To.Mailboxes.Single().Address);
        Assert.Contains("within 7 days", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Choose your password", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/_gateway/login?reset=done", set.Headers.Location?.OriginalString);
        Assert.Equal("43", await browser.UserAtAsync("/edit/page"));
        Assert.Equal("""{"link":"invitation"}""", (await stage.Gateway.OneAsync(AuditActions.UserPasswordReset)).Detail);
        var told = await stage.Gateway.OneAsync(AuditActions.UserInvited);
        Assert.Equal(("operator", "user:43"), (told.Actor, told.Subject));
        // Nothing was changed that its owner would have to be told of.
        await stage.Gateway.DisposeAsync();
        Assert.Single(mailbox.Mails);
    }

    [Fact]
    public async Task Invitation_IsSentAgain_AndTheEarlierLinkIsWorthNothing()
    {
        await using var stage = await StartAsync(settings => settings.With("Gateway:Recovery:InvitationLifetime", "00:10:00"));
        await stage.Gateway.RunCommandAsync("users", "invite", Bob);
        var again = await stage.Gateway.RunCommandAsync("users", "invite", "BOB@example.org");
        var (first, second) = (Mailbox.LinkIn(mailbox.Mails[0]), Mailbox.LinkIn(mailbox.Mails[1]));
        using var browser = stage.Gateway.NewBrowser();

        clock.Advance(TimeSpan.FromMinutes(9.9));
        using var gone = await browser.GetAsync(first);
        using var good = await browser.GetAsync(second);
        clock.Advance(TimeSpan.FromMinutes(0.1));
        using var late = await browser.GetAsync(second);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal([HttpStatusCode.Gone, HttpStatusCode.OK, HttpStatusCode.Gone], [gone.StatusCode, good.StatusCode, late.StatusCode]);
    }

    [Fact]
    public async Task Invited_WhoAsksForANewPasswordInstead_GetsALink_AndTheInvitationStaysGoodUntilOneIsUsed()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.RunCommandAsync("users", "invite", Bob);
        await stage.Gateway.ForgetAsync(Bob);
        var (invitation, link) = (await mailbox.LinkAsync(1), await mailbox.LinkAsync(2));
        using var browser = stage.Gateway.NewBrowser();

        using var before = await browser.GetAsync(invitation);
        using var set = await browser.SetPasswordAsync(link);
        using var after = await browser.GetAsync(invitation);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.SeeOther, HttpStatusCode.Gone], [before.StatusCode, set.StatusCode, after.StatusCode]);
    }

    [Fact]
    public async Task Refusal_IsExplainedAndSendsNothing()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.RunCommandAsync("users", "invite", Bob);
        (string Reason, string[] Command)[] refusals =
        [
            ("has a password already", ["users", "invite", Stage.Email]),
            ("--id, --name and --role are for new users", ["users", "invite", Bob, "--role", "editor"]),
            ("is not an e-mail address", ["users", "invite", "carol"]),
            ("belongs to ann@example.org already", ["users", "invite", "carol@example.org", "--id", Stage.UserId]),
        ];
        foreach (var (reason, command) in refusals)
            AssertRefused(await stage.Gateway.RunCommandAsync(command), reason);
        await stage.Gateway.RunCommandAsync("users", "disable", Bob);
        AssertRefused(await stage.Gateway.RunCommandAsync("users", "invite", Bob), "is disabled");

        Assert.Single(mailbox.Mails);
    }

    [Fact]
    public async Task Invitation_WithoutMail_IsRefusedAndAddsNobody()
    {
        await using var stage = await Stage.StartAsync(keys: null);

        AssertRefused(await stage.Gateway.RunCommandAsync("users", "invite", Bob), "no mail can be sent: set Gateway:Mail:Smtp:Host");

        Assert.False(await stage.Gateway.InDatabaseAsync(database => database.Users.AnyAsync(user => user.Email == Bob, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Invitation_ThatTheServerRefuses_KeepsTheUserAndSaysHowToSendItAgain()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => MailServer.Configure(settings, LoopbackPort.Next()));

        var refused = await stage.Gateway.RunCommandAsync("users", "invite", Bob, "--id", "43");

        AssertRefused(refused, "Added bob@example.org with id 43, but the mail was not sent: ");
        Assert.Contains("Send it again with: users invite bob@example.org", refused.Error, StringComparison.Ordinal);
        Assert.True(await stage.Gateway.InDatabaseAsync(database => database.Users.AnyAsync(user => user.Id == "43", TestContext.Current.CancellationToken)));
        Assert.Equal("user:43", (await stage.Gateway.OneAsync(AuditActions.MailFailed)).Subject);
    }

    [Fact]
    public async Task Invited_WhoMustHaveASecondFactor_SetsItUpAtTheFirstLogin()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => mailbox.Configure(settings).With("Gateway:SecondFactor:RequiredForRoles:0", "treasurer"), clock);
        await stage.Gateway.RunCommandAsync("users", "invite", Bob, "--role", "treasurer");
        using var browser = stage.Gateway.NewBrowser();

        using var set = await browser.SetPasswordAsync(await mailbox.LinkAsync(1));
        using var asked = await browser.LoginAsync(Bob, RecoveryVisits.New);

        Assert.StartsWith("/_gateway/login/enrol", asked.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    public void Dispose() => mailbox.Dispose();

    private static void AssertRefused(CommandResult refused, string reason)
    {
        Assert.Equal((1, ""), (refused.ExitCode, refused.Out));
        Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
    }

    private Task<Stage> StartAsync(Func<GatewaySettings, GatewaySettings>? configure = null) =>
        Stage.StartAsync(keys: null, settings => configure is null ? mailbox.Configure(settings) : configure(mailbox.Configure(settings)), clock);
}
