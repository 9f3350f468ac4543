using Gateway.Audit;
using Gateway.Mail;
using Gateway.Pages.Languages;
using Gateway.Users;

namespace Gateway.Recovery;

/// <summary>Sends new users the link by which they choose their password. Works in a command, and for a page.</summary>
internal sealed class Invitations(
    Mailer mailer, ResetLinks links, UserDirectory directory, AuditedChange change, RecoveryLetters letters, TextCatalog languages, ILogger<Invitations> logger)
{
    private const string Kind = "invitation";

    /// <summary>Whether there is anything that sends them.</summary>
    public bool IsOn => mailer.IsOn;

    /// <exception cref="UserRefusedException">No mail can be sent.</exception>
    public void ThrowIfOff()
    {
        if (!IsOn)
            throw new UserRefusedException($"no mail can be sent: set {SmtpSettings.HostKey}, or {MailSettings.Section}:PickupFolder for trying it");
    }

    /// <summary>Sends the mail now, in the language of <c>Gateway:Branding:Language</c>. An earlier invitation is worth nothing any more.</summary>
    /// <param name="what">The event that tells who invited the user.</param>
    /// <returns>Until when the link is good.</returns>
    /// <exception cref="UserRefusedException">No mail can be sent, or the user is disabled or has a password already.</exception>
    /// <exception cref="MailFailedException">The mail was not taken. The user stays, and can be invited again.</exception>
    public async Task<DateTimeOffset> InviteAsync(GatewayUser user, AuditEvent what, CancellationToken cancellationToken)
    {
        ThrowIfOff();
        if (user.Disabled)
            throw new UserRefusedException($"{user.Email} is disabled");
        if (user.PasswordHash is not null)
            throw new UserRefusedException($"{user.Email} has a password already: who has forgotten it is sent a link by the login page");

        var known = await directory.DescribeAsync(user, cancellationToken);
        NewLink? link = null;
        await change.MakeAsync(
            async () =>
            {
                link = await links.AddAsync(known, LinkPurpose.Invitation, cancellationToken);
                return what;
            },
            cancellationToken);
        await SendAsync(letters.Invitation(known, languages.Usual, link!.Token), cancellationToken);
        return link.ExpiresAt;
    }

    private async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            await mailer.SendAsync(letter, cancellationToken);
            logger.MailSent(letter.UserId, Kind);
        }
        catch (MailFailedException failure)
        {
            // Not by the trail: a command has nobody who writes it.
            await change.MakeAsync(() => Task.FromResult(MailEvents.Failed(letter.UserId, Kind, attempts: 1, failure.Message)), CancellationToken.None);
            throw;
        }
    }
}
