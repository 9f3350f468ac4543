using System.Globalization;

namespace Gateway.Tests.Faults;

/// <summary>A suite that finds nothing must be one that would.</summary>
public sealed class FaultCheckTests
{
    [Fact]
    public async Task Lie_OfEachKind_IsFound()
    {
        var run = await FaultRun.OfAsync("lie-identity", "lie-cookie", "lie-login");

        Assert.Equal(1, run.ExitCode);
        AssertFound(run, "lie-identity", column: 2);
        AssertFound(run, "lie-cookie", column: 3);
        AssertFound(run, "lie-login", column: 4);
    }

    private static void AssertFound(FaultRun run, string lie, int column) =>
        Assert.True(int.Parse(run.Cells(lie)[column], CultureInfo.InvariantCulture) > 0, run.ToString());
}
