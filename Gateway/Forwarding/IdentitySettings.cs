using System.ComponentModel.DataAnnotations;

namespace Gateway.Forwarding;

/// <summary>The section <c>Gateway:Identity</c>: what an application is told of the visitor.</summary>
internal sealed class IdentitySettings : IValidatableObject
{
    public const string Section = "Gateway:Identity";

    /// <summary>Carries the user id; always sent for a signed-in user, and taken off otherwise.</summary>
    public string UserIdHeader { get; set; } = "X-User-Id";

    /// <summary>More headers: name → source or template, as <see cref="IdentityTemplate"/> reads them.</summary>
    public Dictionary<string, string> Headers { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeaderFault(UserIdHeader) is { } fault)
            yield return new ValidationResult(fault, [nameof(UserIdHeader)]);
        foreach (var (name, source) in Headers)
        {
            var key = $"{nameof(Headers)}:{name}";
            if (HeaderFault(name) is { } nameFault)
                yield return new ValidationResult(nameFault, [key]);
            if (FoldedName.Equal(name, UserIdHeader))
                yield return new ValidationResult("is the header of the user id already", [key]);
            if (IdentityTemplate.Fault(source) is { } sourceFault)
                yield return new ValidationResult(sourceFault, [key]);
        }
    }

    // Headers that the connection or the message itself lives by; an identity in one of them would break every request.
    private static readonly string[] Reserved =
    [
        "Connection", "Content-Length", "Content-Type", "Cookie", "Expect", "Host", "Keep-Alive", "Set-Cookie", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    ];

    private static string? HeaderFault(string name)
    {
        if (name.Length is 0 or > 128 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            return "must be a header name: letters, digits, - and _";
        return Reserved.Any(reserved => FoldedName.Equal(reserved, name)) ? "can't carry an identity: it belongs to the message itself" : null;
    }
}
