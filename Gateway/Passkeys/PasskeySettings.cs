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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(RelyingPartyId) && Uri.CheckHostName(RelyingPartyId) != UriHostNameType.Dns)
            yield return new ValidationResult("must be a domain name such as example.com", [nameof(RelyingPartyId)]);
    }
}
