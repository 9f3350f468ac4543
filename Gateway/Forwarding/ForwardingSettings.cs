using System.ComponentModel.DataAnnotations;

namespace Gateway.Forwarding;

/// <summary>The section <c>Gateway:Forwarding</c>.</summary>
internal sealed class ForwardingSettings
{
    public const string Section = "Gateway:Forwarding";

    /// <summary>
    /// How many requests each destination may work on at a time, so that one that hangs takes no more than its share of connections
    /// and memory; a cluster's metadata can say otherwise.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConcurrentRequests { get; set; } = 1000;
}
