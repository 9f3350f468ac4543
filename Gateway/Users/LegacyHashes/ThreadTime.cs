using System.Runtime.InteropServices;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// How long the current thread has been at work: whoever else wants the processor adds nothing to it. Where Linux is not there to ask,
/// the time that passes.
/// </summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    public static TimeSpan Now => OperatingSystem.IsLinux() && clock_gettime(ThreadCpuTime, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : TimeProvider.System.GetElapsedTime(0);

#pragma warning disable SYSLIB1054 // A generated import needs unsafe code in the whole project, for two integers.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out TimeSpecification time);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
