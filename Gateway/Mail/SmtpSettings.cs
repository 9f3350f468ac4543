using System.ComponentModel.DataAnnotations;

namespace Gateway.Mail;

/// <summary>The section <c>Gateway:Mail:Smtp</c>.</summary>
internal sealed class SmtpSettings : IValidatableObject
{
    public const string Section = "Gateway:Mail:Smtp";

    public const string HostKey = Section + ":" + nameof(Host);

    /// <summary>The server that takes the gateway's mails; empty: there is none.</summary>
    public string Host { get; set; } = "";

    /// <summary>Absent: 587 for <c>StartTls</c>, 465 for <c>Tls</c> (RFC 8314 section 3.3), 25 for <c>None</c>.</summary>
    [Range(1, 65535)]
    public int? Port { get; set; }

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty: the server takes mails from this machine without a login.</summary>
    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    public int PortInUse() => Port ?? Security switch
    {
        SmtpSecurity.Tls => 465,
        SmtpSecurity.None => 25,
        _ => 587,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length == 0)
            yield break;
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown)
            yield return new ValidationResult("must be a host name or an address, without a port", [nameof(Host)]);
        if (UserName.Length > 0 && Password.Length == 0)
            yield return new ValidationResult($"is needed with {Section}:{nameof(UserName)}", [nameof(Password)]);
        if (UserName.Length == 0 && Password.Length > 0)
            yield return new ValidationResult($"is needed with {Section}:{nameof(Password)}", [nameof(UserName)]);
        if (UserName.Length > 0 && Security is SmtpSecurity.None)
            yield return new ValidationResult($"must be StartTls or Tls: with None, the password of {Section}:{nameof(UserName)} could be read on its way", [nameof(Security)]);
    }
}

internal enum SmtpSecurity
{
    /// <summary>A plain connection that becomes an encrypted one before anything is said; never without.</summary>
    StartTls,

    /// <summary>Encrypted from the beginning.</summary>
    Tls,

    /// <summary>For a relay in the own network.</summary>
    None,
}
