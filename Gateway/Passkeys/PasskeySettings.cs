using System.ComponentModel.DataAnnotations;

namespace Gateway.Passkeys;

/// <summary>The section <c>Gateway:Passkeys</c>.</summary>
internal sealed class PasskeySettings : IValidatableObject
{
    public const string Section = "Gateway:Passkeys";

    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The domain that passkeys are for (WebAuthn, relying party id): the host of the request, or a domain above several hosts. Changed
    /// later, all passkeys are worth nothing.
    /// </summary>
    public string? RelyingPartyId { get; set; }

    /// <summary>
    /// Those hosts below <see cref="RelyingPartyId"/> at which this gateway is reached. At any other a passkey is refused: whoever has
    /// that host could ask visitors for it, and log in here with what they get (WebAuthn section 13.4.9).
    /// </summary>
    public string[] Hosts { get; set; } = [];

    /// <summary>Whether a passkey may be used at this host.</summary>
    public bool Allows(string host) =>
        string.IsNullOrEmpty(RelyingPartyId)
        || string.Equals(host, RelyingPartyId, StringComparison.OrdinalIgnoreCase)
        || Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(RelyingPartyId) && Uri.CheckHostName(RelyingPartyId) != UriHostNameType.Dns)
            yield return new ValidationResult("must be a domain name such as example.com", [nameof(RelyingPartyId)]);
        if (Hosts.Length > 0 && string.IsNullOrEmpty(RelyingPartyId))
            yield return new ValidationResult($"needs {Section}:{nameof(RelyingPartyId)}", [nameof(Hosts)]);
        foreach (var host in Hosts.Where(host => Uri.CheckHostName(host) != UriHostNameType.Dns || !IsBelow(host)))
            yield return new ValidationResult($"'{host}' is no host below {RelyingPartyId}", [nameof(Hosts)]);
    }

    private bool IsBelow(string host) => host.EndsWith("." + RelyingPartyId, StringComparison.OrdinalIgnoreCase);
}
