using Gateway.Tests.Security;

namespace Gateway.Tests.Faults;

/// <summary>
/// The fault suite in its short form, for a handful of faults: real processes under load. How fast service is back is measured by
/// <c>deploy/faults/run</c> on a machine of its own.
/// </summary>
public sealed class FaultSuiteTests
{
    [Fact]
    [Requirement("P11")]
    public async Task Fault_UnderLoad_CostsNobodyTheirIdentityCookieOrLogin()
    {
        var run = await FaultRun.OfAsync("redis-killed-data-lost", "redis-flushed", "gateway-killed");

        run.AssertHarmless("redis-killed-data-lost");
        run.AssertHarmless("redis-flushed");
        run.AssertHarmless("gateway-killed");
    }
}
