using System.Security.Cryptography.X509Certificates;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Mail;

/// <summary>What a server and the gateway ask of each other, seen by the mails of invitations. Each is a process, which is told whom to trust.</summary>
public sealed class SmtpTests : IDisposable
{
    private const string Bob = "bob@example.org";

    private readonly Authority authority = new();

    [Theory]
    [InlineData("StartTls", false)]
    [InlineData("Tls", true)]
    public async Task Mail_ToAServerThatAsksForALogin_ArrivesEncryptedAndWithOne(string security, bool isTls)
    {
        await using var server = await MailServer.StartAsync(certificate: Certificate("localhost"), isTls: isTls);
        using var folder = new TempFolder();
        var settings = await SettingsAsync(server, folder, security);

        var check = await GatewayProcess.RunAsync(settings, null, "config", "check");
        var invited = await GatewayProcess.RunAsync(settings, null, "users", "invite", Bob);

        Assert.Contains($"ok\tGateway:Mail:Smtp:Host\tlocalhost:{server.Port}, {security}, as {MailServer.UserName}", check.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (invited.ExitCode, invited.Error));
        var taken = Assert.Single(server.Mails);
        Assert.Equal((true, MailServer.UserName), (taken.IsEncrypted, taken.User));
        Assert.Equal(Bob, Assert.Single(taken.Recipients));
        Assert.StartsWith("/_gateway/reset?", Mailbox.LinkIn(taken.Mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a certificate of nobody whom the system trusts", "localhost", false, MailServer.Password)]
    [InlineData("a certificate for another host", "mail.example.org", true, MailServer.Password)]
    [InlineData("another password", "localhost", true, "another secret 72")]
    public async Task Server_ThatIsNotTheRightOne_OrRefusesTheLogin_GetsNoMail(string what, string host, bool isTrusted, string password)
    {
        await using var server = await MailServer.StartAsync(certificate: Certificate(host));
        using var folder = new TempFolder();
        var settings = (await SettingsAsync(server, folder, "StartTls")).With("Gateway:Mail:Smtp:Password", password);
        if (!isTrusted)
            settings.With("SSL_CERT_FILE", null);

        var check = await GatewayProcess.RunAsync(settings, null, "config", "check");
        var invited = await GatewayProcess.RunAsync(settings, null, "users", "invite", Bob);

        Assert.True(check.ExitCode == 1 && check.Out.Contains("FAILED\tGateway:Mail:Smtp:Host", StringComparison.Ordinal), what);
        Assert.Equal(1, invited.ExitCode);
        Assert.Contains("the mail was not sent", invited.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(password, check.Out + invited.Error, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Server_ThatOffersNoEncryption_GetsNeitherPasswordNorMail()
    {
        await using var server = await MailServer.StartAsync();
        using var folder = new TempFolder();

        var invited = await GatewayProcess.RunAsync(await SettingsAsync(server, folder, "StartTls"), null, "users", "invite", Bob);

        Assert.Equal(1, invited.ExitCode);
        Assert.Contains("STARTTLS", invited.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, server.Attempts);
    }

    public void Dispose() => authority.Dispose();

    private X509Certificate2 Certificate(string host)
    {
        var (certificate, key) = authority.Issue(host);
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), password: null);
    }

    private async Task<GatewaySettings> SettingsAsync(MailServer server, TempFolder folder, string security) =>
        await MailServer.Configure(new GatewaySettings(), server.Port)
            .With("Gateway:Mail:Smtp:Security", security)
            .With("Gateway:Mail:Smtp:UserName", MailServer.UserName)
            .With("Gateway:Mail:Smtp:Password", MailServer.Password)
            .With("SSL_CERT_FILE", authority.RootFile)
            .DefaultsInAsync(folder);
}
