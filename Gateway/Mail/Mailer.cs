using Gateway.Operations;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace Gateway.Mail;

/// <summary>Addresses letters, and hands them to the transport that is configured.</summary>
internal sealed class Mailer(MailSettings settings, SmtpSettings smtp, IHostEnvironment environment, TimeProvider clock)
{
    private readonly IMailTransport? transport = TransportOf(settings, smtp, environment);

    public bool IsOn => transport is not null;

    /// <exception cref="MailFailedException">The mail was not taken.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var mail = Address(letter);
        try
        {
            await transport!.SendAsync(mail, cancellationToken);
        }
        catch (MailFailedException failure)
        {
            throw failure.Without(letter.Address);
        }
        finally
        {
            // An answer is gone on with in a thread of the sockets, where nothing may block as SQLite does.
            await Task.Yield();
        }
    }

    /// <summary>Reaches what a mail would be handed to.</summary>
    public async Task<Verdict> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await transport!.TryAsync(cancellationToken);
            return new Verdict(transport.Key, transport.Target, null);
        }
        catch (MailFailedException failure)
        {
            return new Verdict(transport!.Key, transport.Target, failure.Message);
        }
    }

    // The recipient has no name here: people choose those. The library encodes what would end a header.
    private MimeMessage Address(Letter letter)
    {
        var from = MailboxAddress.Parse(settings.From);
        var text = new TextPart(TextFormat.Plain) { Text = letter.Text };
        text.Headers.Add("Content-Language", letter.Language);
        var mail = new MimeMessage([from], [new MailboxAddress("", letter.Address)], letter.Subject, text)
        {
            Date = clock.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(from.Domain),
        };
        // So that no program answers that its user is away (RFC 3834 section 5); Exchange looks at the second.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        return mail;
    }

    private static IMailTransport? TransportOf(MailSettings settings, SmtpSettings smtp, IHostEnvironment environment)
    {
        if (smtp.Host.Length > 0)
            return new SmtpTransport(smtp);
        return settings.PickupFolder.Length > 0 ? new PickupFolder(Path.GetFullPath(settings.PickupFolder, environment.ContentRootPath)) : null;
    }
}
