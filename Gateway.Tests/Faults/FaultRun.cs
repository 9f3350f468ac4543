using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Faults;

/// <summary>A run of the fault suite as operators start it, and the table that it prints.</summary>
internal sealed record FaultRun(int ExitCode, string Output, string Error)
{
    private static readonly string[] Nothing = ["0", "0", "0", "0"];

    /// <summary>With few visitors, and a limit for recovery that a busy machine keeps.</summary>
    public static async Task<FaultRun> OfAsync(params string[] faults)
    {
        var suite = Path.Combine(AppContext.BaseDirectory, "Faults.dll");
        await using var process = ChildProcess.Start(new ProcessStartInfo(
            "dotnet", [suite, "--gateway", typeof(Program).Assembly.Location, "--short", "--visitors", "8", "--recovery", "40", "--seed", "1", "--only", .. faults]));
        await Eventually.TrueAsync(() => process.HasExited, TimeSpan.FromMinutes(3.5));
        return new FaultRun(await process.ExitAsync(), process.Output, process.Error);
    }

    /// <summary>That many requests went through it, and no identity was wrong, no cookie destroyed, no login seen, no logout forgotten.</summary>
    public void AssertHarmless(string fault)
    {
        var cells = Cells(fault);
        Assert.True(int.Parse(cells[1], CultureInfo.InvariantCulture) > 20, ToString());
        Assert.True(cells.Skip(2).Take(Nothing.Length).SequenceEqual(Nothing, StringComparer.Ordinal), ToString());
        Assert.True(cells[^1] != "never", ToString());
    }

    public string[] Cells(string fault)
    {
        var line = Output.Split('\n').FirstOrDefault(line => line.StartsWith($"| {fault} ", StringComparison.Ordinal));
        Assert.True(line is not null, ToString());
        return line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
    }
}
