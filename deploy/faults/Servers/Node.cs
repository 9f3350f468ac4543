using System.Diagnostics;
using Gateway.Tests.Hosting;

namespace Faults.Servers;

/// <summary>A gateway as operators run it, and the door by which visitors reach it.</summary>
internal sealed class Node(string name, string program, string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly int port = LoopbackPort.Next();
    private readonly int managementPort = LoopbackPort.Next();
    private readonly string log = Path.Combine(folder, $"{name}.log");
    private Child? process;
    private HttpClient? door;

    /// <summary>Variables of the process itself, such as those of a preloaded library.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public int ProcessId => process!.Id;

    public HttpClient Door => door ??= NewDoor($"http://127.0.0.1:{port}");

    /// <summary>Starts it, again if need be, and returns when it listens.</summary>
    public async Task StartAsync()
    {
        var info = Dotnet();
        info.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        info.Environment["Gateway__Management__Url"] = $"http://127.0.0.1:{managementPort}";
        if (process is not null)
            await process.DisposeAsync();
        process = Child.Start(info, log);
        await Until.TrueAsync(async () => process.HasExited || await LoopbackPort.IsListeningAsync(port, CancellationToken.None), $"{name} listens");
        if (process.HasExited)
            throw new InvalidOperationException($"A gateway did not start:\n{await File.ReadAllTextAsync(log)}");
    }

    /// <summary>A command of the gateway that ends by itself.</summary>
    public async Task CommandAsync(params string[] arguments)
    {
        if (!await Child.RunAsync(log, Dotnet(arguments)))
            throw new InvalidOperationException($"gateway {string.Join(' ', arguments)} failed:\n{await File.ReadAllTextAsync(log)}");
    }

    public Task KillAsync() => process!.KillAsync();

    /// <summary>Asks it to end, as systemd and Kubernetes do, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await process!.SignalAsync("TERM");
        return await process.ExitAsync();
    }

    public Task FreezeAsync() => process!.SignalAsync("STOP");

    public Task ThawAsync() => process!.SignalAsync("CONT");

    public async Task<string> MetricsAsync()
    {
        using var client = NewDoor($"http://127.0.0.1:{managementPort}");
        return await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
    }

    public async ValueTask DisposeAsync()
    {
        door?.Dispose();
        if (process is not null)
            await process.DisposeAsync();
    }

    private ProcessStartInfo Dotnet(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (key, value) in settings)
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        foreach (var (key, value) in Environment)
            info.Environment[key] = value;
        return info;
    }

    // Cookies are each visitor's own, and a redirect is an answer to be judged.
    private static HttpClient NewDoor(string address) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(15),
        };
}
