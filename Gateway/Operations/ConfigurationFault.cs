namespace Gateway.Operations;

/// <summary>Something in the configuration that stops start-up.</summary>
internal sealed record ConfigurationFault(string Key, string Message)
{
    public override string ToString() => $"{Key}: {Message}";
}
