using System.Diagnostics;
using System.Globalization;

namespace Faults.Servers;

/// <summary>A server beside the driver; its output is in a file, and it never outlives the driver.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;

    private Child(ProcessStartInfo info, string logFile)
    {
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        process = new Process { StartInfo = info };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public static Child Start(ProcessStartInfo info, string logFile)
    {
        var child = new Child(info, logFile);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts a program that ends by itself, and returns whether it ended well.</summary>
    public static async Task<bool> RunAsync(string logFile, ProcessStartInfo info)
    {
        await using var child = Start(info, logFile);
        return await child.ExitAsync() == 0;
    }

    public static Task<bool> RunAsync(string logFile, string program, params string[] arguments) =>
        RunAsync(logFile, new ProcessStartInfo(program, arguments));

    /// <summary>Sends a signal by its POSIX name (TERM, STOP, CONT, KILL).</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", "kill -s \"$0\" \"$1\"", name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        process.Dispose();
        await log.DisposeAsync();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (log)
            log.WriteLine(line.Data);
    }

    private void KillAtExit(object? sender, EventArgs e) => process.Kill(entireProcessTree: true);
}
