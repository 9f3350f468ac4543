using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Gateway.Tests.Hosting;

/// <summary>A real process beside the tests: its output is kept, and it never outlives them.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private ChildProcess(ProcessStartInfo info)
    {
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    public string Output => Text(output);

    public string Error => Text(error);

    public bool HasExited => process.HasExited;

    /// <summary>The memory it holds now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static ChildProcess Start(ProcessStartInfo info)
    {
        var child = new ChildProcess(info);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    public async Task InputAsync(string text)
    {
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), TestContext.Current.CancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code and its output tell why.
        }
    }

    /// <summary>Sends a signal by its POSIX name (TERM, STOP, CONT); a shell knows its number on every system.</summary>
    public async Task SignalAsync(string name)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("/bin/sh", ["-c", "kill -s \"$0\" \"$1\"", name, id]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"No signal {name} for process {id}");
    }

    /// <summary>The same to the processes that it started.</summary>
    public async Task SignalAllAsync(string name)
    {
        var id = process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("/bin/sh", ["-c", "kill -s \"$0\" \"$1\" $(cat /proc/$1/task/$1/children)", name, id]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Limits what it may use from now on, by an option of prlimit.</summary>
    public async Task LimitAsync(string limit)
    {
        using var prlimit = Process.Start(Executable.Require("prlimit"), ["--pid", process.Id.ToString(CultureInfo.InvariantCulture), limit]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (prlimit.ExitCode != 0)
            throw new InvalidOperationException($"No limit {limit}");
    }

    /// <summary>Waits for the end and for the last line of output.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = Deadline.Start(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        return ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        // Null is the end of the stream, not a line.
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private void KillAtExit(object? sender, EventArgs e) => process.Kill(entireProcessTree: true);
}
