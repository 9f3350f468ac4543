using System.Globalization;

namespace Faults.Servers;

/// <summary>The wall clock of the gateways alone, by libfaketime where it is installed; timers go on by the monotonic clock.</summary>
internal static class FakeClock
{
    private static readonly string[] Places =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ];

    public static string? Library => Environment.GetEnvironmentVariable("FAKETIME_LIBRARY") ?? Places.FirstOrDefault(File.Exists);

    public static async Task PrepareAsync(Stage stage)
    {
        await SetAsync(stage, TimeSpan.Zero);
        foreach (var node in stage.Nodes)
        {
            node.Environment["LD_PRELOAD"] = Library!;
            node.Environment["FAKETIME_TIMESTAMP_FILE"] = stage.ClockFile;
            node.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            // With that workaround for an old C library, whoever waits with a limit by the monotonic clock, as .NET's timers do, does not wait at all
            // and keeps a core busy.
            node.Environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
            // In seconds: read at every question, the file would be what the gateways are busy with.
            node.Environment["FAKETIME_CACHE_DURATION"] = "1";
        }
    }

    /// <summary>Lets the clock jump to so much before or after the true time.</summary>
    public static async Task SetAsync(Stage stage, TimeSpan offset)
    {
        // Replaced at once, never half written.
        var draft = stage.ClockFile + ".draft";
        await File.WriteAllTextAsync(draft, string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "" : "+")}{(long)offset.TotalSeconds}\n"));
        File.Move(draft, stage.ClockFile, overwrite: true);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
    }
}
