using Gateway.Tests.Hosting;
using Gateway.Tests.Operations.Management;

namespace Gateway.Tests.RememberMe;

/// <summary>A gateway that starts after a loss of all sessions has its first visitors to restore.</summary>
public sealed class RestoreRehearsalTests
{
    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Gateway_ThatNobodyHasVisitedYet_HasLookedForABrowserOnce(string remembers, int times)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:RememberMe:Enabled", remembers));

        Assert.Equal(times, (await gateway.MetricsAsync()).Samples["gateway_browsers_lookups_total"]);
    }
}
