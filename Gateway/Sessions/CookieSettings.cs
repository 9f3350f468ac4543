using System.ComponentModel.DataAnnotations;

namespace Gateway.Sessions;

/// <summary>The section <c>Gateway:Cookies</c>: what all cookies of the gateway have in common.</summary>
internal sealed class CookieSettings : IValidatableObject
{
    public const string Section = "Gateway:Cookies";

    public SecureCookies Secure { get; set; } = SecureCookies.Auto;

    /// <summary>Absent: the cookies go to this host only.</summary>
    public string? Domain { get; set; }

    public SameSiteMode SameSite { get; set; } = SameSiteMode.Lax;

    /// <summary>
    /// A cookie of the gateway. Where it can, the name gets the prefix <c>__Host-</c>, with which a browser takes the cookie from
    /// this very host alone (RFC 6265bis section 4.1.3.2).
    /// </summary>
    public CookieBuilder Build(string name, TimeSpan? maxAge = null) => new()
    {
        Name = Secure == SecureCookies.True && string.IsNullOrEmpty(Domain) ? "__Host-" + name : name,
        Domain = string.IsNullOrEmpty(Domain) ? null : Domain,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSite,
        MaxAge = maxAge,
        SecurePolicy = Secure switch
        {
            SecureCookies.True => CookieSecurePolicy.Always,
            SecureCookies.False => CookieSecurePolicy.None,
            _ => CookieSecurePolicy.SameAsRequest,
        },
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SameSite is SameSiteMode.None && Secure is not SecureCookies.True)
            yield return new ValidationResult("None needs Gateway:Cookies:Secure=true, or browsers drop the cookies", [nameof(SameSite)]);
        if (SameSite is SameSiteMode.Unspecified)
            yield return new ValidationResult("must be Lax, Strict or None", [nameof(SameSite)]);
        if (!string.IsNullOrEmpty(Domain) && Uri.CheckHostName(Domain.TrimStart('.')) != UriHostNameType.Dns)
            yield return new ValidationResult("must be a domain name such as example.com", [nameof(Domain)]);
    }
}

/// <summary>When cookies carry <c>Secure</c>; <c>Auto</c>: when the request came by https.</summary>
internal enum SecureCookies
{
    Auto,
    True,
    False,
}

internal static class CookieRule
{
    public const string Text = "must be a cookie name: letters, digits and any of !#$%&'*+-.^_`|~, without the prefix __Host- or __Secure-";

    /// <summary>A token of RFC 9110 section 5.6.2; the prefixes are the gateway's to add.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
        && !name.StartsWith("__", StringComparison.Ordinal);
}
