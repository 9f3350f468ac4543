using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Gateway.Audit.Webhook;

/// <summary>The section <c>Gateway:Audit:Webhook</c>.</summary>
internal sealed class WebhookSettings : IValidatableObject
{
    public const string Section = "Gateway:Audit:Webhook";

    // As long as the hash that it keys (RFC 2104 section 3); ASVS 5.0, 13.3.1.
    private const int ShortestSecret = 32;

    /// <summary>Where events are sent to; empty: nowhere.</summary>
    public string Url { get; set; } = "";

    /// <summary>Signs what is sent. Its bytes in UTF-8 are the key.</summary>
    public string Secret { get; set; } = "";

    public bool IsOn => Url.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || !IsGuarded(url))
            yield return new ValidationResult("must be an https address, or an http address of this machine", [nameof(Url)]);
        if (Encoding.UTF8.GetByteCount(Secret) < ShortestSecret)
            yield return new ValidationResult($"must have at least {ShortestSecret} bytes, such as the output of openssl rand -hex 32", [nameof(Secret)]);
    }

    private static bool IsGuarded(Uri url) =>
        string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        || (string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && url.IsLoopback);
}
