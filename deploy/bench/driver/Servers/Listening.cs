using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

internal static class Listening
{
    /// <summary>Returns when a server takes connections, and fails with its log when it ended instead.</summary>
    public static async Task WaitAsync(Child process, int port, string folder, string name)
    {
        await Until.TrueAsync(async () => process.HasExited || await LoopbackPort.IsListeningAsync(port, CancellationToken.None), $"{name} listens");
        if (process.HasExited)
            throw new InvalidOperationException($"{name} did not start:\n{await File.ReadAllTextAsync(Path.Combine(folder, $"{name}.log"))}");
    }
}
