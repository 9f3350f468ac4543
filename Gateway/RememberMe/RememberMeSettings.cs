using System.ComponentModel.DataAnnotations;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>The section <c>Gateway:RememberMe</c>.</summary>
internal sealed class RememberMeSettings : IValidatableObject
{
    public const string Section = "Gateway:RememberMe";

    public bool Enabled { get; set; } = true;

    public string CookieName { get; set; } = "gateway.auth";

    /// <summary>How long after the password was entered a browser is remembered.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CookieRule.IsName(CookieName))
            yield return new ValidationResult(CookieRule.Text, [nameof(CookieName)]);
    }
}
