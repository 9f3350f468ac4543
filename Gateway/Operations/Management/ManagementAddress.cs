namespace Gateway.Operations.Management;

/// <summary>Where the management listener is to be found.</summary>
internal sealed class ManagementAddress
{
    /// <summary>With the port that port 0 became; null until it listens, and when it is off.</summary>
    public Uri? Url { get; set; }
}
