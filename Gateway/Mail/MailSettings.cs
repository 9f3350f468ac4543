using System.ComponentModel.DataAnnotations;
using Gateway.Users;
using MimeKit;

namespace Gateway.Mail;

/// <summary>The section <c>Gateway:Mail</c>. Without an SMTP server or a pickup folder nothing is sent, and nobody is offered what needs it.</summary>
internal sealed class MailSettings : IValidatableObject
{
    public const string Section = "Gateway:Mail";

    /// <summary>Whom mails are from: an address, with or without a name before it (RFC 5322 section 3.4).</summary>
    public string From { get; set; } = "";

    /// <summary>
    /// The origin by which visitors reach the site. Links begin with it and never with what a request calls the host: whoever asks for a
    /// mail to somebody else would choose where its link leads.
    /// </summary>
    public string SiteUrl { get; set; } = "";

    /// <summary>For trying it: a folder into which mails are written as files; a relative one is beside appsettings.json.</summary>
    public string PickupFolder { get; set; } = "";

    /// <summary>Of the links, without a slash at the end.</summary>
    public string Origin()
    {
        var site = new UriBuilder(SiteUrl);
        site.Host = site.Uri.IdnHost;
        return site.Uri.GetLeftPart(UriPartial.Authority);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var hasServer = !string.IsNullOrEmpty(validationContext.GetRequiredService<IConfiguration>()[SmtpSettings.HostKey]);
        var hasFolder = PickupFolder.Length > 0;
        if (hasServer && hasFolder)
            yield return new ValidationResult($"and {SmtpSettings.HostKey} exclude each other: mails are sent, or written into the folder", [nameof(PickupFolder)]);
        if (PickupFolder.Contains('\0', StringComparison.Ordinal))
            yield return new ValidationResult("is no path", [nameof(PickupFolder)]);
        if (!hasServer && !hasFolder)
            yield break;
        if (!IsSender(From))
            yield return new ValidationResult("must be an e-mail address, such as intranet@example.org or \"Intranet <intranet@example.org>\"", [nameof(From)]);
        if (!IsOrigin(SiteUrl))
            yield return new ValidationResult("must be the address by which visitors reach the site, such as https://intranet.example.org, without a path", [nameof(SiteUrl)]);
    }

    private static bool IsSender(string from) =>
        !from.Any(char.IsControl) && MailboxAddress.TryParse(from, out var mailbox) && EmailAddress.IsValid(mailbox.Address);

    private static bool IsOrigin(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var site)
        && (string.Equals(site.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) || string.Equals(site.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
        && site is { Host.Length: > 0, UserInfo: "", PathAndQuery: "/", Fragment: "" };
}
