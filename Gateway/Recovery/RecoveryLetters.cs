using Gateway.Mail;
using Gateway.Pages;
using Gateway.Pages.Branding;
using Gateway.Pages.Languages;
using Gateway.Users;

namespace Gateway.Recovery;

/// <summary>What the mails say.</summary>
internal sealed class RecoveryLetters(MailSettings mail, GatewayPaths paths, BrandingSettings branding, RecoverySettings settings)
{
    public Letter Forgotten(KnownUser user, Texts texts, string token) => Write(
        user,
        texts,
        texts["mail.forgotten.subject", Site],
        texts["mail.forgotten.text", Site, LinkOf(token), texts.Span(settings.Lifetime)]);

    public Letter Invitation(KnownUser user, Texts texts, string token) => Write(
        user,
        texts,
        texts["mail.invitation.subject", Site],
        texts["mail.invitation.text", Site, LinkOf(token), texts.Span(settings.InvitationLifetime)]);

    public Letter Changed(KnownUser user, Texts texts) => Write(
        user,
        texts,
        texts["mail.changed.subject", Site],
        texts["mail.changed.text", Site, mail.Origin() + paths.Forgot]);

    private string Site => string.IsNullOrEmpty(branding.Name) ? new Uri(mail.SiteUrl).Authority : branding.Name;

    private static Letter Write(KnownUser user, Texts texts, string subject, string text) => new(user.Id, user.Email, texts.Tag, subject, text);

    private string LinkOf(string token) => $"{mail.Origin()}{paths.Reset}?{ResetEndpoints.TokenField}={token}";
}
