using System.ComponentModel.DataAnnotations;

namespace Gateway.Pages;

/// <summary>The keys directly below <c>Gateway</c>, and the paths that follow from them.</summary>
internal sealed class GatewayPaths : IValidatableObject
{
    /// <summary>Where the gateway's own pages live; nothing below it is ever forwarded.</summary>
    public string PathPrefix { get; set; } = "/_gateway";

    public string Login => PathPrefix + "/login";

    public string Logout => PathPrefix + "/logout";

    public string Account => PathPrefix + "/account";

    public string Administration => PathPrefix + "/admin";

    /// <summary>Where a visitor asks for a mail that helps.</summary>
    public string Forgot => PathPrefix + "/forgot";

    /// <summary>Where its link leads.</summary>
    public string Reset => PathPrefix + "/reset";

    /// <summary>Where a login goes on that needs a second factor.</summary>
    public string LoginFactor => PathPrefix + "/login/factor";

    /// <summary>The same where there is none yet.</summary>
    public string LoginEnrolment => PathPrefix + "/login/enrol";

    /// <summary>The visitor's second factor.</summary>
    public string Factor => PathPrefix + "/account/factor";

    /// <summary>The visitor's passkeys.</summary>
    public string Passkeys => PathPrefix + "/account/passkeys";

    public string StepUp => PathPrefix + "/step-up";

    public string Reauthenticate => PathPrefix + "/reauthenticate";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var fits = PathPrefix is ['/', _, ..]
            && PathPrefix[^1] != '/'
            && !PathPrefix.Contains("//", StringComparison.Ordinal)
            && PathPrefix.Split('/').All(segment => segment is not ("." or ".."))
            && PathPrefix.All(character => char.IsAsciiLetterOrDigit(character) || "/-_.~".Contains(character, StringComparison.Ordinal));
        if (!fits)
            yield return new ValidationResult("must begin with a slash, not end with one, and have only letters, digits and -_.~ between slashes", [nameof(PathPrefix)]);
    }
}
