using System.Net;
using System.Net.Sockets;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Recovery;
using SmtpServer.Protocol;

namespace Gateway.Tests.Mail;

/// <summary>What becomes of mails while the server is away, or does not want them.</summary>
public sealed class MailQueueTests
{
    private readonly TestClock clock = new();

    [Fact]
    public async Task Mail_WhileTheServerIsAway_ArrivesWhenItIsBack()
    {
        var port = LoopbackPort.Next();
        await using var stage = await StartAsync(port);
        await stage.Gateway.ForgetAsync(Stage.Email);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("MailWaits").Count == 1);

        await using var server = await MailServer.StartAsync(port);
        await MoveOnAsync(() => server.Mails.Count == 1);

        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync(Mailbox.LinkIn(server.Mails[0].Mail));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await stage.Gateway.OneAsync(AuditActions.PasswordResetSent);
    }

    [Fact]
    public async Task Mail_ThatTheServerWillNeverTake_IsGivenUpAtOnce()
    {
        await using var server = await MailServer.StartAsync();
        server.Refusal = new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"no mailbox <{Stage.Email}> here");
        await using var stage = await StartAsync(server.Port);

        await stage.Gateway.ForgetAsync(Stage.Email);
        var failed = await stage.Gateway.OneAsync(AuditActions.MailFailed);

        Assert.Equal(1, server.Attempts);
        Assert.Equal((null, "user:42"), (failed.Actor, failed.Subject));
        Assert.StartsWith("""{"mail":"forgotten password","attempts":1,"reason":"the server said 550 """, failed.Detail, StringComparison.Ordinal);
        Assert.Single(stage.Gateway.Logs.Of("MailGivenUp"));
        Assert.DoesNotContain(Stage.Email, failed.Detail + string.Concat(stage.Gateway.Logs.Entries.Select(entry => entry.Text)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mail_ThatTheServerDoesNotTakeForMinutes_IsGivenUpThen()
    {
        await using var server = await MailServer.StartAsync();
        server.Refusal = new SmtpResponse((SmtpReplyCode)451, "later");
        await using var stage = await StartAsync(server.Port);
        var start = clock.GetUtcNow();

        await stage.Gateway.ForgetAsync(Stage.Email);
        await MoveOnAsync(() => stage.Gateway.Logs.Of("MailGivenUp").Count == 1);

        Assert.Equal(6, server.Attempts);
        Assert.True(clock.GetUtcNow() - start > TimeSpan.FromMinutes(7));
        Assert.Single(stage.Gateway.Logs.Of("MailWaits"));
        await stage.Gateway.OneAsync(AuditActions.MailFailed);
    }

    [Fact]
    public async Task End_OfTheGateway_IsOneMoreAttempt()
    {
        var port = LoopbackPort.Next();
        await using var stage = await StartAsync(port);
        await stage.Gateway.ForgetAsync(Stage.Email);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("MailWaits").Count == 1);
        await using var server = await MailServer.StartAsync(port);

        await stage.Gateway.DisposeAsync();

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task Answer_DoesNotWaitForAServerThatSaysNothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var stage = await StartAsync(((IPEndPoint)silent.LocalEndpoint).Port);
        var start = TimeProvider.System.GetTimestamp();

        await stage.Gateway.ForgetAsync(Stage.Email);
        using var connection = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
        Assert.Empty(stage.Gateway.Logs.Of("MailWaits"));
    }

    private Task<Stage> StartAsync(int port) => Stage.StartAsync(keys: null, settings => MailServer.Configure(settings, port), clock);

    // In small steps: whoever waits may only be about to.
    private Task MoveOnAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return condition();
        },
        TimeSpan.FromMinutes(1),
        "the mail");
}
