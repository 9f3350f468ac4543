using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Gateway.Mail;

/// <summary>Hands each mail to the configured server, in a connection of its own: they are few.</summary>
internal sealed class SmtpTransport(SmtpSettings settings) : IMailTransport
{
    // Servers let strangers wait for their greeting, and think about a mail before they take it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Key => SmtpSettings.HostKey;

    public string Target => $"{settings.Host}:{settings.PortInUse()}, {settings.Security}{(settings.UserName.Length > 0 ? $", as {settings.UserName}" : "")}";

    private SecureSocketOptions Security => settings.Security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    public Task SendAsync(MimeMessage mail, CancellationToken cancellationToken) =>
        TalkAsync((client, patience) => client.SendAsync(mail, patience), cancellationToken);

    public Task TryAsync(CancellationToken cancellationToken) => TalkAsync((client, patience) => client.NoOpAsync(patience), cancellationToken);

    private async Task TalkAsync(Func<SmtpClient, CancellationToken, Task> talk, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient();
        // As .NET's own clients: a list of revoked certificates that can't be had would keep every mail back.
        client.CheckCertificateRevocation = false;
        try
        {
            await client.ConnectAsync(settings.Host, settings.PortInUse(), Security, patience.Token);
            if (settings.UserName.Length > 0)
                await client.AuthenticateAsync(settings.UserName, settings.Password, patience.Token);
            await talk(client, patience.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw MailFailedException.Because(Reason(exception), IsFinal(exception), exception);
        }

        // The mail is taken, whatever comes of the farewell.
        await client.DisconnectAsync(quit: true, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Reason(Exception exception) => exception switch
    {
        OperationCanceledException => $"no answer within {Patience.TotalSeconds:0} seconds",
        SmtpCommandException refusal => $"the server said {(int)refusal.StatusCode} {refusal.Message}",
        _ => exception.Message,
    };

    // The server has looked at the very mail, and won't have it (RFC 5321 section 4.2.1).
    private static bool IsFinal(Exception exception) => exception is SmtpCommandException
    {
        ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted,
        StatusCode: >= (SmtpStatusCode)500,
    };
}
