using System.Diagnostics;

namespace Gateway.Tests.Hosting;

internal sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>The gateway as operators run it: a process of its own, which can be stopped, killed and started again.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly string[] arguments;
    private ChildProcess? process;
    private string[] behind = [];

    private GatewayProcess(GatewaySettings settings, TempFolder folder, string[] arguments)
    {
        (Settings, this.folder, this.arguments) = (settings, folder, arguments);
        WriteAppSettings(Settings, folder);
    }

    /// <summary>All settings in force; a second node started with them shares the database and Redis.</summary>
    public GatewaySettings Settings { get; }

    public Uri BaseAddress { get; } = Loopback();

    public Uri ManagementAddress { get; } = Loopback();

    public string Output => process?.Output ?? "";

    public string Error => process?.Error ?? "";

    public long WorkingSet => process?.WorkingSet ?? 0;

    /// <summary>Serves, with the given arguments after the program's name, and returns when it listens.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewaySettings settings, params string[] arguments) => await StartAsync(await NewAsync(settings, arguments));

    /// <summary>The same, of a process that lives on when a file may not grow: the write fails, as on a full disk.</summary>
    public static Task<GatewayProcess> StartWithoutFileSizeSignalAsync(GatewaySettings settings) =>
        StartBehindAsync(settings, "/bin/sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"");

    /// <summary>The same, of a process that can be interrupted: what was started in the background can't, nor what that starts.</summary>
    public static Task<GatewayProcess> StartInForegroundAsync(GatewaySettings settings) => StartBehindAsync(settings, "env", "--default-signal=INT");

    /// <summary>A command that ends by itself. Without need it has no process of its own, whose start takes seconds of a processor.</summary>
    public static async Task<CommandResult> RunAsync(GatewaySettings settings, string? input, params string[] arguments)
    {
        using var place = new TempFolder();
        WriteAppSettings(settings, place);
        if (input is null && ProgramRun.CanHere(settings, arguments))
            return await ProgramRun.HereAsync(settings, place, arguments);
        await using var command = ChildProcess.Start(Dotnet(settings, place, arguments));
        await command.InputAsync(input ?? "");
        return new CommandResult(await command.ExitAsync(), command.Output, command.Error);
    }

    public Task<CommandResult> RunAsync(string? input, params string[] commandLine) => RunAsync(Settings, input, commandLine);

    /// <summary>Starts it, again if need be, on the same port and in the same folder.</summary>
    public async Task StartAsync()
    {
        var info = Dotnet(Settings, folder, arguments);
        info.Environment["ASPNETCORE_URLS"] = BaseAddress.GetLeftPart(UriPartial.Authority);
        info.Environment["Gateway__Management__Url"] = ManagementAddress.GetLeftPart(UriPartial.Authority);
        process = ChildProcess.Start(behind is [] ? info : Behind(info));
        await Eventually.TrueAsync(
            async () => process.HasExited || await LoopbackPort.IsListeningAsync(BaseAddress.Port, TestContext.Current.CancellationToken), TimeSpan.FromSeconds(60));
        if (process.HasExited)
            throw new InvalidOperationException($"The gateway ended with {await process.ExitAsync()}: {Error}{Output}");
    }

    /// <summary>Asks it to end, as systemd and Kubernetes do, and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        await process!.SignalAsync(signal);
        return await process.ExitAsync();
    }

    public Task SignalAsync(string signal) => process!.SignalAsync(signal);

    /// <summary>How large a file may become to which it writes, in bytes or <c>unlimited</c>; at once.</summary>
    public Task LimitFilesAsync(string size) => process!.LimitAsync($"--fsize={size}:unlimited");

    public Task KillAsync() => process!.KillAsync();

    public Browser NewBrowser() => new(BaseAddress);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<GatewayProcess> NewAsync(GatewaySettings settings, params string[] arguments)
    {
        var own = new TempFolder();
        return new GatewayProcess(await settings.Copy().DefaultsInAsync(own), own, arguments);
    }

    private static async Task<GatewayProcess> StartAsync(GatewayProcess gateway)
    {
        try
        {
            await gateway.StartAsync();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    private static async Task<GatewayProcess> StartBehindAsync(GatewaySettings settings, params string[] command)
    {
        var gateway = await NewAsync(settings);
        gateway.behind = command;
        return await StartAsync(gateway);
    }

    // What a program does with its signals is inherited by the one that takes its place.
    private ProcessStartInfo Behind(ProcessStartInfo info)
    {
        foreach (var (index, argument) in behind[1..].Append(info.FileName).Index())
            info.ArgumentList.Insert(index, argument);
        info.FileName = behind[0];
        return info;
    }

    // Without one in its working directory the gateway reads the one beside it: the repository's own.
    private static void WriteAppSettings(GatewaySettings settings, TempFolder folder) =>
        File.WriteAllText(folder.File("appsettings.json"), settings.AppSettings ?? "{}");

    private static Uri Loopback() => new($"http://127.0.0.1:{LoopbackPort.Next()}");

    private static ProcessStartInfo Dotnet(GatewaySettings settings, TempFolder folder, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { WorkingDirectory = folder.Path };
        foreach (var (key, value) in settings.Values)
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return info;
    }
}
