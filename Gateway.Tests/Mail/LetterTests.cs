using System.Runtime.Versioning;
using Gateway.Tests.Hosting;
using Gateway.Tests.Recovery;
using MimeKit;

namespace Gateway.Tests.Mail;

/// <summary>The mails themselves, as they are written into the pickup folder.</summary>
public sealed class LetterTests : IDisposable
{
    private readonly Mailbox mailbox = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task Mail_IsPlainTextFromTheSite_AndAsksNobodyForAnAnswer()
    {
        await using var stage = await StartAsync("Mill & Meadow");
        await stage.Gateway.ForgetAsync(Stage.Email);

        var mail = await mailbox.WaitAsync(1);

        Assert.Equal("\"Intranet\" <intranet@example.org>", mail.From.ToString());
        Assert.Equal(Stage.Email, mail.To.ToString());
        Assert.Equal("A new password for Mill & Meadow", mail.Subject);
        Assert.Equal(clock.GetUtcNow(), mail.Date);
        Assert.EndsWith("@example.org", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        var body = Assert.IsType<TextPart>(mail.Body);
        Assert.True(body.IsPlain);
        Assert.Equal(("utf-8", "en"), (body.ContentType.Charset, body.Headers["Content-Language"]));
        Assert.Contains("within 20 minutes", body.Text, StringComparison.Ordinal);
        Assert.Null(mail.HtmlBody);
    }

    [Fact]
    public async Task Mail_IsInTheLanguageOfThePage_OnWhichItWasAskedFor()
    {
        await using var stage = await StartAsync("");
        using var browser = stage.Gateway.NewBrowser();
        browser.Cookies["gateway.language"] = "zh-Hans";

        using var asked = await browser.ForgetAsync(Stage.Email);
        var mail = await mailbox.WaitAsync(1);
        using var set = await browser.SetPasswordAsync(Mailbox.LinkIn(mail));
        var changed = await mailbox.WaitAsync(2);

        Assert.Equal("intranet.example.org：设置新密码", mail.Subject);
        Assert.Contains("请在 20 分钟内打开此链接", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("您在 intranet.example.org 的密码已修改", changed.Subject);
        Assert.Equal("zh-Hans", changed.Body!.Headers["Content-Language"]);
    }

    [Fact]
    public async Task Invitation_IsInTheOperatorsLanguage()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => mailbox.Configure(settings).With("Gateway:Branding:Language", "zh-Hans"));

        await stage.Gateway.RunCommandAsync("users", "invite", "bob@example.org");

        Assert.Equal("您在 intranet.example.org 的账号", (await mailbox.WaitAsync(1)).Subject);
    }

    [Theory]
    [InlineData("Mill\r\nBcc: eve@example.org\r\n\r\nand Meadow")]
    [InlineData("Mill\nBcc: eve@example.org")]
    [InlineData("=?utf-8?q?Mill=0D=0ABcc:_eve=40example.org?=")]
    public async Task Name_ThatWouldEndAHeader_AddsNone(string name)
    {
        await using var stage = await StartAsync(name);
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, name: "Bob Bcc: eve@example.org");

        await stage.Gateway.ForgetAsync("bob@example.org");
        var mail = await mailbox.WaitAsync(1);

        Assert.Equal(["Auto-Submitted", "Date", "From", "Message-Id", "Subject", "To", "X-Auto-Response-Suppress"], Names(mail.Headers));
        Assert.Equal(["Content-Language", "Content-Type"], Names(mail.Body!.Headers));
        Assert.Empty(mail.Bcc);
        Assert.Equal("bob@example.org", mail.To.ToString());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Mails_InThePickupFolder_AreForItsOwnerAlone()
    {
        await using var stage = await StartAsync("");
        await stage.Gateway.ForgetAsync(Stage.Email);
        await mailbox.WaitAsync(1);

        var file = Assert.Single(Directory.GetFiles(mailbox.Path));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => mailbox.Dispose();

    private static IEnumerable<string> Names(HeaderList headers) => headers.Select(header => header.Field).Where(name => name != "MIME-Version").Order(StringComparer.Ordinal);

    private Task<Stage> StartAsync(string name) => Stage.StartAsync(keys: null, settings => mailbox.Configure(settings).With("Gateway:Branding:Name", name), clock);
}
