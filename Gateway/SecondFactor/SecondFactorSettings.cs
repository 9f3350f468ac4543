using System.ComponentModel.DataAnnotations;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary>The section <c>Gateway:SecondFactor</c>.</summary>
internal sealed class SecondFactorSettings : IValidatableObject
{
    public const string Section = "Gateway:SecondFactor";

    /// <summary>Whoever has one of these roles must have a second factor.</summary>
    public string[] RequiredForRoles { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from role in RequiredForRoles
        where !RoleName.IsValid(role)
        select new ValidationResult($"'{role}' is not a role: {RoleName.Rule}", [nameof(RequiredForRoles)]);
}
