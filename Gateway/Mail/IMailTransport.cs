using Gateway.Audit;
using MimeKit;

namespace Gateway.Mail;

/// <summary>How mails leave the gateway.</summary>
internal interface IMailTransport
{
    /// <summary>The key of the configuration that names it.</summary>
    string Key { get; }

    /// <summary>What it is, for an operator.</summary>
    string Target { get; }

    /// <exception cref="MailFailedException">The mail was not taken.</exception>
    Task SendAsync(MimeMessage mail, CancellationToken cancellationToken);

    /// <summary>Everything up to a mail.</summary>
    /// <exception cref="MailFailedException">A mail would not be taken.</exception>
    Task TryAsync(CancellationToken cancellationToken);
}

/// <param name="reason">For an operator.</param>
/// <param name="isFinal">To try again would be in vain.</param>
internal sealed class MailFailedException(string reason, bool isFinal = false, Exception? cause = null) : Exception(reason, cause)
{
    private const int LongestReason = 300;

    public bool IsFinal => isFinal;

    /// <summary>The same for the log, which is told of users by their ids alone: servers like to repeat the address.</summary>
    public MailFailedException Without(string address) => new(Message.Replace(address, "(address)", StringComparison.OrdinalIgnoreCase), isFinal, this);

    /// <summary>In a line, however many a server or a library said it in.</summary>
    public static MailFailedException Because(string reason, bool isFinal, Exception cause)
    {
        var line = string.Join(' ', reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new(AuditText.Cut(line, LongestReason)!, isFinal, cause);
    }
}
