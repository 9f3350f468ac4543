using System.ComponentModel.DataAnnotations;

namespace Gateway.Operations.Drain;

/// <summary>The section <c>Gateway:Drain</c>.</summary>
internal sealed class DrainSettings
{
    public const string Section = "Gateway:Drain";

    /// <summary>How long the gateway still takes new requests after <c>/health/ready</c> has turned 503, so that balancers see it first.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long requests under way may take afterwards; what is left then is cut.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
