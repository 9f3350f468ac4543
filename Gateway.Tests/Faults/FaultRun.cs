using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Faults;

/// <summary>A run of the fault suite as operators start it, and the table that it prints: some faults, and then some lies.</summary>
public sealed class FaultRun : IAsyncLifetime
{
    private static readonly string[] Nothing = ["0", "0", "0", "0"];

    private string text = "";

    public int ExitCode { get; private set; }

    /// <summary>With few visitors, and a limit for recovery that a busy machine keeps.</summary>
    public async ValueTask InitializeAsync()
    {
        var suite = Path.Combine(AppContext.BaseDirectory, "Faults.dll");
        await using var process = ChildProcess.Start(new ProcessStartInfo(
            "dotnet",
            [
                suite, "--gateway", typeof(Program).Assembly.Location, "--short", "--visitors", "8", "--recovery", "40", "--seed", "1",
                // The lies last: a browser that lost its cookie to one is not remembered any more.
                "--only", "redis-killed-data-lost", "redis-flushed", "gateway-killed", "lie-identity", "lie-cookie", "lie-login",
            ]));
        await Eventually.TrueAsync(() => process.HasExited, TimeSpan.FromMinutes(3.5));
        ExitCode = await process.ExitAsync();
        text = process.Output + process.Error;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>That many requests went through it, and no identity was wrong, no cookie destroyed, no login seen, no logout forgotten.</summary>
    public void AssertHarmless(string fault)
    {
        var cells = Cells(fault);
        Assert.True(int.Parse(cells[1], CultureInfo.InvariantCulture) > 20, text);
        Assert.True(cells.Skip(2).Take(Nothing.Length).SequenceEqual(Nothing, StringComparer.Ordinal), text);
        Assert.True(cells[^1] != "never", text);
    }

    /// <summary>That something was counted in a column.</summary>
    public void AssertFound(string lie, int column) => Assert.True(int.Parse(Cells(lie)[column], CultureInfo.InvariantCulture) > 0, text);

    private string[] Cells(string fault)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith($"| {fault} ", StringComparison.Ordinal));
        Assert.True(line is not null, text);
        return line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
    }
}
