using Gateway.Tests.Security;

namespace Gateway.Tests.Faults;

/// <summary>
/// The fault suite in its short form, for a handful of faults: real processes under load. How fast service is back is measured by
/// <c>deploy/faults/run</c> on a machine of its own.
/// </summary>
public sealed class FaultSuiteTests(FaultRun run) : IClassFixture<FaultRun>
{
    [Theory]
    [InlineData("redis-killed-data-lost")]
    [InlineData("redis-flushed")]
    [InlineData("gateway-killed")]
    [Requirement("P11")]
    public void Fault_UnderLoad_CostsNobodyTheirIdentityCookieOrLogin(string fault) => run.AssertHarmless(fault);

    // A suite that finds nothing must be one that would.
    [Theory]
    [InlineData("lie-identity", 2)]
    [InlineData("lie-cookie", 3)]
    [InlineData("lie-login", 4)]
    public void Lie_OfEachKind_IsFound(string lie, int column)
    {
        run.AssertFound(lie, column);
        Assert.Equal(1, run.ExitCode);
    }
}
