using System.ComponentModel.DataAnnotations;

namespace Gateway.Login.KeptForms;

/// <summary>The section <c>Gateway:KeptForms</c>.</summary>
internal sealed class KeptFormSettings : IValidatableObject
{
    public const string Section = "Gateway:KeptForms";

    public bool Enabled { get; set; } = true;

    /// <summary>Bytes of the largest body that is kept, files included.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxSize { get; set; } = 1024 * 1024;

    /// <summary>How long a form waits for its visitor to log in and confirm it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Forms from one address within <see cref="KeepFor"/>. Anybody may send forms, and nobody has logged in yet.</summary>
    [Range(1, 1_000_000)]
    public int MaxPerAddress { get; set; } = 10;

    /// <summary>Bytes of all forms that one node keeps within <see cref="KeepFor"/>, whoever sends them.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public int MaxTotal { get; set; } = 64 * 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxTotal < MaxSize)
            yield return new ValidationResult("must not be less than Gateway:KeptForms:MaxSize", [nameof(MaxTotal)]);
    }
}
