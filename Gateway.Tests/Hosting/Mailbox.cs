using System.Text.RegularExpressions;
using MimeKit;

namespace Gateway.Tests.Hosting;

/// <summary>The mails that a gateway has written into its pickup folder.</summary>
internal sealed partial class Mailbox : IDisposable
{
    public const string Site = "https://intranet.example.org";
    public const string Sender = "intranet@example.org";

    private readonly TempFolder folder = new();

    public string Path => folder.Path;

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<MimeMessage> Mails =>
        [.. new DirectoryInfo(folder.Path).EnumerateFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc).Select(file => MimeMessage.Load(file.FullName))];

    public GatewaySettings Configure(GatewaySettings settings) => settings
        .With("Gateway:Mail:PickupFolder", folder.Path)
        .With("Gateway:Mail:From", $"Intranet <{Sender}>")
        .With("Gateway:Mail:SiteUrl", Site);

    /// <summary>The last of so many mails, as soon as they are there.</summary>
    public async Task<MimeMessage> WaitAsync(int count)
    {
        await Eventually.TrueAsync(() => Directory.GetFiles(folder.Path, "*.eml").Length >= count, TimeSpan.FromSeconds(60), $"{count} mails");
        return Mails[count - 1];
    }

    /// <summary>The path to which the link in the last of so many mails leads.</summary>
    public async Task<string> LinkAsync(int count) => LinkIn(await WaitAsync(count));

    public static string LinkIn(MimeMessage mail)
    {
        var link = Link().Match(mail.TextBody ?? "");
        Assert.True(link.Success, mail.TextBody);
        return link.Groups["path"].Value;
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"^https://intranet\.example\.org(?<path>/_gateway/reset\?token=[A-Za-z0-9_-]{43})\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
