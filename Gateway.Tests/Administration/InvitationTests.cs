using System.Net;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Administration;

/// <summary>An administrator invites somebody, who chooses the password by the link in a mail.</summary>
public sealed class InvitationTests : IDisposable
{
    private const string Bob = "bob@example.org";

    private readonly Mailbox mailbox = new();

    [Fact]
    public async Task User_IsAddedAndInvited_AndHasNoPasswordUntilTheyChooseOne()
    {
        await using var stage = await AdministrationVisits.StartAsync(configure: mailbox.Configure);
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.SendAsync("/users/new", ("email", Bob), ("name", "Bob"), ("id", "7"), ("roles", ""), ("invite", "true"));

        answer.AssertDone("invited", "7");
        Assert.Equal(Bob, (await mailbox.WaitAsync(1)).To.Mailboxes.Single().Address);
        Assert.Equal(("user:1", "user:7"), await stage.Gateway.OneAsync(AuditActions.UserInvited) is var told ? (told.Actor, told.Subject) : default);
        await stage.Gateway.ChangeUserAsync(Bob, (_, user) =>
        {
            Assert.Null(user.PasswordHash);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Invitation_OfAUserWithoutAPassword_IsSentAgainFromTheirPage()
    {
        await using var stage = await AdministrationVisits.StartAsync(configure: mailbox.Configure);
        using var browser = await stage.LogInAsAdministratorAsync();
        using var added = await browser.SendAsync("/users/new", ("email", Bob), ("id", "7"), ("invite", "true"));
        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/user?id=7");

        using var again = await browser.DecideAsync("invite", "7");

        Assert.NotNull(page.QuerySelector("form[action*='/user/invite'] button"));
        again.AssertDone("invited", "7");
        await mailbox.WaitAsync(2);
    }

    [Fact]
    public async Task Invitation_ThatCantBeSent_LeavesTheUserAndSaysSo()
    {
        var settings = (GatewaySettings given) => mailbox.Configure(given)
            .With("Gateway:Mail:PickupFolder", "").With("Gateway:Mail:Smtp:Host", "127.0.0.1").With("Gateway:Mail:Smtp:Port", "1").With("Gateway:Mail:Smtp:Security", "None");
        await using var stage = await AdministrationVisits.StartAsync(configure: settings);
        using var browser = await stage.LogInAsAdministratorAsync();

        using var answer = await browser.SendAsync("/users/new", ("email", Bob), ("id", "7"), ("invite", "true"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using var shown = await browser.FollowAsync(answer);
        using var page = await shown.HtmlAsync();
        Assert.Contains("could not be sent", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("user:7", (await stage.Gateway.OneAsync(AuditActions.MailFailed)).Subject);
    }

    [Fact]
    public async Task Invitation_WhereNoMailCanBeSentOrThereIsAPassword_IsNotOffered()
    {
        await using var without = await AdministrationVisits.StartAsync();
        using var offline = await without.LogInAsAdministratorAsync();
        await using var with = await AdministrationVisits.StartAsync(configure: mailbox.Configure);
        using var online = await with.LogInAsAdministratorAsync();

        using var newUser = await offline.ReadAsync(AdministrationVisits.Page + "/users/new");
        using var ann = await online.ReadAsync(AdministrationVisits.Ann);
        using var sent = await online.DecideAsync("invite", Stage.UserId);

        Assert.Null(newUser.QuerySelector("button[name=invite]"));
        Assert.Null(ann.QuerySelector("form[action*='/user/invite']"));
        sent.AssertDone("overtaken");
        Assert.Empty(mailbox.Mails);
    }

    public void Dispose() => mailbox.Dispose();
}
