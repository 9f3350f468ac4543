using Gateway.Audit;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Audit;

/// <summary>Looks into the trail of a gateway.</summary>
internal static class AuditReading
{
    public static async Task<IReadOnlyList<AuditEvent>> AuditAsync(this TestGateway gateway, string action = "")
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditQuery>()
            .OldestAsync(new AuditFilter(Action: action), after: 0, count: 1000, TestContext.Current.CancellationToken);
    }

    /// <summary>The one event of this kind, as soon as it is there; a second one is an error.</summary>
    public static async Task<AuditEvent> OneAsync(this TestGateway gateway, string action)
    {
        await Eventually.TrueAsync(async () => (await gateway.AuditAsync(action)).Count > 0, TimeSpan.FromMinutes(2), action);
        return Assert.Single(await gateway.AuditAsync(action));
    }
}
