using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bench.Load;

/// <summary>Sleeps to a moment within some 60 µs; a timer of .NET is up to a millisecond late, which is as long as the answers take.</summary>
internal static partial class Clock
{
    private const int Monotonic = 1;
    private const int Absolute = 1;

    /// <param name="timestamp">Of <see cref="Stopwatch"/>, which counts the nanoseconds of the same clock.</param>
    public static void SleepUntil(long timestamp)
    {
        var until = new Moment(timestamp / Stopwatch.Frequency, timestamp % Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < timestamp)
            _ = Sleep(Monotonic, Absolute, in until, remaining: 0);
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(int clock, int flags, in Moment until, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Moment(long Seconds, long Nanoseconds);
}
