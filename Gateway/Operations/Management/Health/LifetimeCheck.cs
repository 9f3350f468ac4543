using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Operations.Management.Health;

/// <summary>Ready from the moment the public listener is open until shutdown begins, while the last requests are still answered.</summary>
internal sealed class LifetimeCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Task.FromResult(HealthCheckResult.Unhealthy("is shutting down"));
        return Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("is starting"));
    }
}
