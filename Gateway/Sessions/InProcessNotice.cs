namespace Gateway.Sessions;

/// <summary>Says at start-up, and not at every command, that sessions end with this process.</summary>
internal sealed class InProcessNotice(ILogger<InProcessNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.SessionsInProcess();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
