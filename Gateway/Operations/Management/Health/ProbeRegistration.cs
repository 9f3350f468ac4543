using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Operations.Management.Health;

internal static class ProbeRegistration
{
    public static void AddProbe<T>(this IHealthChecksBuilder checks, string name)
        where T : class, IProbe
    {
        checks.Services.AddKeyedSingleton(name, (services, _) =>
            new PromptCheck(name, services.GetRequiredService<T>(), services.GetRequiredService<ILogger<PromptCheck>>()));
        checks.Add(new HealthCheckRegistration(name, services => services.GetRequiredKeyedService<PromptCheck>(name), failureStatus: null, tags: null));
    }
}
