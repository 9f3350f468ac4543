using System.Diagnostics;
using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>One redis-server for all who keep sessions, each with keys of its own; only one of them is busy at a time.</summary>
internal sealed class Redis(string folder) : IAsyncDisposable
{
    private Child? process;

    public int Port { get; } = LoopbackPort.Next();

    public int ProcessId => process!.Id;

    public async Task StartAsync()
    {
        string[] options = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
        process = Child.Start(new ProcessStartInfo(Executable.Require("redis-server"), options), Path.Combine(folder, "redis.log"));
        await Listening.WaitAsync(process, Port, folder, "redis");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }
}
