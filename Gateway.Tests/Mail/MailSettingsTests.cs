using Gateway.Tests.Hosting;

namespace Gateway.Tests.Mail;

/// <summary>What an operator may write below <c>Gateway:Mail</c>.</summary>
public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Gateway:Mail:From", "")]
    [InlineData("Gateway:Mail:From", "intranet")]
    [InlineData("Gateway:Mail:From", "a@example.org, b@example.org")]
    [InlineData("Gateway:Mail:From", "Intranet\n <intranet@example.org>")]
    [InlineData("Gateway:Mail:SiteUrl", "")]
    [InlineData("Gateway:Mail:SiteUrl", "intranet.example.org")]
    [InlineData("Gateway:Mail:SiteUrl", "https://intranet.example.org/wiki")]
    [InlineData("Gateway:Mail:SiteUrl", "https://user@intranet.example.org")]
    [InlineData("Gateway:Mail:SiteUrl", "ftp://intranet.example.org")]
    [InlineData("Gateway:Mail:PickupFolder", "mails")]
    [InlineData("Gateway:Mail:Smtp:Host", "mail.example.org:587")]
    [InlineData("Gateway:Mail:Smtp:Port", "0")]
    [InlineData("Gateway:Mail:Smtp:Port", "smtp")]
    [InlineData("Gateway:Mail:Smtp:Security", "Perhaps")]
    [InlineData("Gateway:Mail:Smtp:Security", "None")]
    [InlineData("Gateway:Mail:Smtp:UserName", "")]
    [InlineData("Gateway:Mail:Smtp:Password", "")]
    [InlineData("Gateway:Mail:Smtp:User", "gateway")]
    [InlineData("Gateway:Recovery:Lifetime", "20")]
    [InlineData("Gateway:Recovery:InvitationLifetime", "60.00:00:00")]
    [InlineData("Gateway:Recovery:MaxPerAccount", "0")]
    public async Task Setting_ThatCantBe_StopsTheStartWithItsKey(string key, string value)
    {
        using var folder = new TempFolder();
        var settings = await Right().With(key, value).DefaultsInAsync(folder);

        var start = await GatewayProcess.RunAsync(settings, null, "users", "list");

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("The configuration has ", start.Error, StringComparison.Ordinal);
        Assert.Contains($"  {key}: ", start.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://intranet.example.org/")]
    [InlineData("http://intranet:8080")]
    [InlineData("https://intranet.exämple.org")]
    public async Task Address_OfASite_IsTaken(string url)
    {
        using var folder = new TempFolder();
        var settings = await Right().With("Gateway:Mail:SiteUrl", url).DefaultsInAsync(folder);

        Assert.Equal("", (await GatewayProcess.RunAsync(settings, null, "users", "list")).Error);
    }

    [Fact]
    public async Task ConfigCheck_WritesIntoThePickupFolder_AndLeavesNothingThere()
    {
        using var mailbox = new Mailbox();
        using var folder = new TempFolder();
        var settings = await mailbox.Configure(new GatewaySettings()).DefaultsInAsync(folder);
        await File.WriteAllTextAsync(folder.File("taken"), "", TestContext.Current.CancellationToken);

        var good = await GatewayProcess.RunAsync(settings, null, "config", "check");
        var bad = await GatewayProcess.RunAsync(settings.Copy().With("Gateway:Mail:PickupFolder", folder.File("taken")), null, "config", "check");

        Assert.Contains($"ok\tGateway:Mail:PickupFolder\t{mailbox.Path}\n", good.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(mailbox.Path));
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("FAILED\tGateway:Mail:PickupFolder\t", bad.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_WithTheServerAway_SaysSo()
    {
        using var folder = new TempFolder();
        var port = LoopbackPort.Next();
        var settings = await MailServer.Configure(new GatewaySettings(), port).DefaultsInAsync(folder);

        var check = await GatewayProcess.RunAsync(settings, null, "config", "check");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains($"FAILED\tGateway:Mail:Smtp:Host\tlocalhost:{port}, None: ", check.Out, StringComparison.Ordinal);
    }

    private static GatewaySettings Right() => MailServer.Configure(new GatewaySettings(), 587)
        .With("Gateway:Mail:Smtp:Security", "StartTls")
        .With("Gateway:Mail:Smtp:UserName", MailServer.UserName)
        .With("Gateway:Mail:Smtp:Password", MailServer.Password);
}
