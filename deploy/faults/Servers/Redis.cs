using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Hosting;

namespace Faults.Servers;

/// <summary>A real redis-server, which keeps its data over a restart unless it is told to lose them.</summary>
internal sealed class Redis(string folder) : IAsyncDisposable
{
    private readonly string log = Path.Combine(folder, "redis.log");
    private Child? process;

    public int Port { get; } = LoopbackPort.Next();

    /// <summary>Starts it and returns when it answers, or at once when a load is to be watched.</summary>
    public async Task StartAsync(bool waits = true, params string[] options)
    {
        Directory.CreateDirectory(folder);
        var port = Port.ToString(CultureInfo.InvariantCulture);
        string[] fixedOptions = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0"];
        process = Child.Start(
            new ProcessStartInfo(Executable.Require("redis-server"), [.. fixedOptions, .. options]) { WorkingDirectory = folder }, log);
        if (waits)
            await AnsweringAsync();
    }

    public Task AnsweringAsync() => Until.TrueAsync(AnswersAsync, "Redis answers");

    public Task KillAsync() => process!.KillAsync();

    public Task FreezeAsync() => process!.SignalAsync("STOP");

    public Task ThawAsync() => process!.SignalAsync("CONT");

    public void LoseData()
    {
        foreach (var kept in Directory.GetDirectories(folder, "appendonlydir"))
            Directory.Delete(kept, recursive: true);
    }

    /// <summary>Puts what it knows into a new snapshot, which the next start reads first.</summary>
    public async Task SnapshotAsync()
    {
        var before = Snapshots();
        await AskAsync("BGREWRITEAOF");
        await Until.TrueAsync(() => Task.FromResult(!Snapshots().SequenceEqual(before, StringComparer.Ordinal)), "Redis has rewritten its data");
    }

    public Task<string?> AskAsync(params string[] command) => RedisQuestion.AskAsync(Port, command);

    public async Task<bool> AnswersAsync() => await AskAsync("PING") is "+PONG";

    /// <summary>Whether it holds the record of a session, by the value of its cookie; asked until there is an answer.</summary>
    public async Task<bool> HasSessionAsync(string cookie)
    {
        var key = $"gateway:session:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(cookie)))}";
        while (true)
        {
            if (await AskAsync("EXISTS", key) is [':', .. var count])
                return count != "0";
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private string[] Snapshots() => Directory.GetFiles(Path.Combine(folder, "appendonlydir"), "*.base.*");
}
