using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Gateway.Tests.Hosting;

/// <summary>A real Redis of a test's own: it can be stopped, started again, frozen and emptied.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private ChildProcess? process;
    private ConnectionMultiplexer? connection;

    private RedisServer()
    {
    }

    /// <summary>How to start a server at a port, in a folder, with options.</summary>
    public delegate Task<ProcessStartInfo> Starter(int port, TempFolder folder, params string[] options);

    public Starter Command { get; private init; } = RedisCommand.AtAsync;

    public int Port { get; } = LoopbackPort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static Task<RedisServer> StartNewAsync(Starter? command = null) =>
        BeginAsync(new RedisServer { Command = command ?? RedisCommand.AtAsync }, server => server.StartAsync());

    /// <summary>One that answers nothing useful alone: a part of a cluster, or one that wants a password.</summary>
    public static Task<RedisServer> LaunchNewAsync(Starter command, params string[] options) =>
        BeginAsync(new RedisServer { Command = command }, server => server.LaunchAsync(options));

    /// <summary>The keys below a prefix, for assertions; the gateway's default unless said otherwise.</summary>
    public RedisKeys Keys(string prefix = "gateway:") => new(connection!, ConnectionString, prefix);

    public Task FlushAllAsync() => ExecuteAsync("FLUSHALL");

    /// <summary>Starts it, again if need be, on the same port; nothing of before is kept but what was saved.</summary>
    public async Task StartAsync(params string[] options)
    {
        await LaunchAsync(options);
        connection ??= await RedisKeys.ConnectAsync(ConnectionString);
        await Eventually.TrueAsync(AnswersAsync);
    }

    /// <summary>The same without waiting for its first answer.</summary>
    public async Task LaunchAsync(params string[] options)
    {
        process = ChildProcess.Start(await Command(Port, folder, options));
        await Eventually.TrueAsync(async () => process.HasExited || await LoopbackPort.IsListeningAsync(Port, TestContext.Current.CancellationToken));
        if (process.HasExited)
            throw new InvalidOperationException($"Redis did not start: {process.Output}{process.Error}");
    }

    /// <summary>Any command, with its arguments as they are.</summary>
    public Task<RedisResult> ExecuteAsync(string command, params object[] arguments) => Keys().ExecuteAsync(command, arguments);

    public Task ConfigureAsync(string name, string value) => ExecuteAsync("CONFIG", "SET", name, value);

    /// <summary>How often each command was called since the statistics were reset, by its name in lower case.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CallsAsync()
    {
        var stats = (await ExecuteAsync("INFO", "commandstats")).ToString();
        return Regex.Matches(stats, @"cmdstat_(?<command>\S+):calls=(?<calls>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ToDictionary(
            match => match.Groups["command"].Value, match => int.Parse(match.Groups["calls"].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>Its answer to somebody who connects now: the line as it is.</summary>
    public async Task<string> PingAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    /// <summary>What a restart finds again.</summary>
    public Task SaveAsync() => ExecuteAsync("SAVE");

    /// <summary>Ends it as a crash does.</summary>
    public Task StopAsync() => process!.KillAsync();

    /// <summary>Connections stay open and nothing answers: the outage that only a timeout notices.</summary>
    public Task FreezeAsync() => process!.SignalAsync("STOP");

    public Task ThawAsync() => process!.SignalAsync("CONT");

    /// <summary>Nothing can be saved from here on, and it knows.</summary>
    public async Task FailToSaveAsync()
    {
        Directory.CreateDirectory(folder.File("dump.rdb"));
        await ExecuteAsync("BGSAVE");
        await Eventually.TrueAsync(async () =>
            (await ExecuteAsync("INFO", "persistence")).ToString().Contains("rdb_last_bgsave_status:err", StringComparison.Ordinal));
    }

    /// <summary>Becomes a replica, and returns when it has what the primary has.</summary>
    public async Task FollowAsync(RedisServer primary)
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "replicas of redis-server");
        // Otherwise a primary waits for further replicas before it sends its data.
        await primary.ConfigureAsync("repl-diskless-sync-delay", "0");
        await ExecuteAsync("REPLICAOF", "127.0.0.1", primary.Port);
        await Eventually.TrueAsync(async () =>
            (await ExecuteAsync("INFO", "replication")).ToString().Contains("master_link_status:up", StringComparison.Ordinal));
    }

    /// <summary>Returns when its replica has everything.</summary>
    public Task HasReplicatedAsync() => Eventually.TrueAsync(async () => (long)await ExecuteAsync("WAIT", 1, 100) == 1);

    /// <summary>Begins an outage of one kind or the other.</summary>
    public Task FailAsync(bool frozen) => frozen ? FreezeAsync() : StopAsync();

    public Task RecoverAsync(bool frozen) => frozen ? ThawAsync() : StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        if (process is not null)
            await process.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<RedisServer> BeginAsync(RedisServer server, Func<RedisServer, Task> begin)
    {
        try
        {
            await begin(server);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }


    private async Task<bool> AnswersAsync()
    {
        try
        {
            await connection!.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
