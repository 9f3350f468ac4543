namespace Gateway.Operations.Management.Health;

/// <summary>Asks something the gateway needs whether it works.</summary>
internal interface IProbe
{
    /// <exception cref="Exception">It doesn't.</exception>
    Task AskAsync(CancellationToken cancellationToken);
}
