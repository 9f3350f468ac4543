using Gateway.Operations.Management.Health;
using Gateway.Operations.Management.Metrics;
using Gateway.Sessions;

namespace Gateway.Operations.Management;

internal static class ManagementServices
{
    /// <summary>To be added before whatever else runs in the background: what begins first ends last.</summary>
    public static void AddManagement(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ManagementSettings>(ManagementSettings.Section);
        builder.Services.AddSingleton<ManagementAddress>();
        builder.Services.AddSingleton<ManagementEndpoints>();
        builder.Services.AddSingleton<ActiveRequests>();
        builder.Services.AddSingleton<RequestDurations>();
        builder.Services.AddSingleton<MetricsCollector>();
        builder.Services.AddHostedService<ManagementListener>();

        var checks = builder.Services.AddHealthChecks().AddCheck<LifetimeCheck>("gateway");
        builder.Services.AddSingleton<DatabaseProbe>();
        checks.AddProbe<DatabaseProbe>("database");
        if (string.IsNullOrWhiteSpace(builder.Configuration[RedisConnection.Key]))
            return;
        builder.Services.AddSingleton<RedisProbe>();
        checks.AddProbe<RedisProbe>("redis");
    }
}
