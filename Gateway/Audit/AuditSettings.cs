using System.ComponentModel.DataAnnotations;

namespace Gateway.Audit;

/// <summary>The section <c>Gateway:Audit</c>.</summary>
internal sealed class AuditSettings : IValidatableObject
{
    public const string Section = "Gateway:Audit";

    public bool Enabled { get; set; } = true;

    /// <summary>How long events are kept: a year, and some weeks in which somebody asks about the same month of the last one.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Also writes a line to the log for each event, in the category <c>Gateway.Audit</c>.</summary>
    public bool Log { get; set; }

    /// <summary>Beginnings of actions that are not recorded.</summary>
    public string[] Except { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Every action begins with nothing.
        for (var index = 0; index < Except.Length; index++)
        {
            if (string.IsNullOrWhiteSpace(Except[index]))
                yield return new ValidationResult("must name actions or their beginnings, such as session.", [$"{nameof(Except)}:{index}"]);
        }
    }

    public bool Records(string action) => Enabled && !Except.Any(beginning => action.StartsWith(beginning, StringComparison.Ordinal));
}
