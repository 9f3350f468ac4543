using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;

namespace Gateway.Tests.Recovery;

/// <summary>Several ask for a link to one user at the same moment; only PostgreSQL lets them write at once.</summary>
[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class LinksAtOnceTests : IDisposable
{
    private const string Bob = "bob@example.org";

    private readonly Mailbox mailbox = new();

    [Fact]
    public async Task Invitations_AreAllSent_AndOneLinkIsGood()
    {
        await using var stage = await Stage.StartAsync(keys: null, mailbox.Configure);
        await stage.Gateway.RunCommandAsync("users", "invite", Bob);

        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => stage.Gateway.RunCommandAsync("users", "invite", Bob))));

        Assert.All(sent, invitation => Assert.Equal((0, ""), (invitation.ExitCode, invitation.Error)));
        using var browser = stage.Gateway.NewBrowser();
        var shown = new List<HttpStatusCode>();
        foreach (var mail in mailbox.Mails)
        {
            using var page = await browser.GetAsync(Mailbox.LinkIn(mail));
            shown.Add(page.StatusCode);
        }

        Assert.Equal(7, shown.Count);
        Assert.Single(shown, status => status is HttpStatusCode.OK);
    }

    public void Dispose() => mailbox.Dispose();
}
