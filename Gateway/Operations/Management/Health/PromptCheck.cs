using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Operations.Management.Health;

/// <summary>
/// Answers within a second, whatever the probe does. A probe that hangs (SQLite's calls can't be cancelled) is waited for by the
/// next question too instead of being started again, so that a day of questions holds one thread and not thousands.
/// </summary>
internal sealed class PromptCheck(string name, IProbe probe, ILogger<PromptCheck> logger) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task? asking;
    private bool failed;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Asking().WaitAsync(Patience, cancellationToken);
            if (Interlocked.Exchange(ref failed, false))
                logger.CheckRecovered(name);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = exception.InnerException ?? exception;
            if (!Interlocked.Exchange(ref failed, true))
                logger.CheckFailed(name, reason.Message);
            // The kind and not the message, which may hold addresses, file names and user names.
            return HealthCheckResult.Unhealthy(reason is TimeoutException or OperationCanceledException ? "did not answer within a second" : $"failed: {reason.GetType().Name}");
        }
    }

    private Task Asking()
    {
        lock (gate)
        {
            if (asking is null or { IsCompleted: true })
                asking = Task.Run(AskAsync, CancellationToken.None);
            return asking;
        }
    }

    private async Task AskAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await probe.AskAsync(limit.Token);
    }
}
