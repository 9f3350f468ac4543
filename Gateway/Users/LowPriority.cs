using System.Runtime.InteropServices;

namespace Gateway.Users;

/// <summary>Lets the current thread run behind all others; when nobody else wants to, it runs as fast as ever.</summary>
internal static class LowPriority
{
    // A tenth of the usual weight: hardly felt by others, and still a login in time on a machine that has too much to do.
    private const int Nice = 10;

    public static void Take()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // Which does nothing on Linux (dotnet/runtime issue 91165); there a nice value belongs to one thread, and anybody may raise it.
        if (OperatingSystem.IsLinux())
            _ = setpriority(which: 0, who: 0, Nice);
    }

#pragma warning disable SYSLIB1054 // A generated import needs unsafe code in the whole project, for three integers.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setpriority(int which, int who, int priority);
#pragma warning restore SYSLIB1054
}
