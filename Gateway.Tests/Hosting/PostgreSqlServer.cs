using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gateway.Tests.Hosting;

/// <summary>A real PostgreSQL of a test's own.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly int port = LoopbackPort.Next();
    private readonly string programs;
    private ChildProcess? process;

    private PostgreSqlServer(string programs) => this.programs = programs;

    public string ConnectionString(string database = "postgres") => $"Host=127.0.0.1;Port={port};Username=gateway;Database={database}";

    /// <summary>Skips the test on a machine without PostgreSQL; on CI it must be there.</summary>
    public static async Task<PostgreSqlServer> StartNewAsync()
    {
        var found = Programs();
        Assert.SkipWhen(found is null && Environment.GetEnvironmentVariable("CI") is null, "no PostgreSQL on this machine");
        Assert.NotNull(found);
        var server = new PostgreSqlServer(found);
        try
        {
            await server.CreateAsync();
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A copy of a database, which goes with the folder.</summary>
    public async Task<string> NewDatabaseAsync(TempFolder folder, string template = "template1")
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        folder.Add(new Database(this, name));
        return ConnectionString(name);
    }

    /// <summary>One statement, as an operator types it.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Connections stay open and nothing answers, old or new.</summary>
    public Task FreezeAsync() => process!.SignalAllAsync("STOP");

    public Task ThawAsync() => process!.SignalAllAsync("CONT");

    public async Task StopAsync()
    {
        if (process is not { HasExited: false })
            return;
        // Killed, it would leave shared memory behind; and a frozen one hears nothing.
        await ThawAsync();
        await process.SignalAsync("INT");
        await process.ExitAsync();
    }

    /// <summary>Starts it, again if need be, with everything it had.</summary>
    public async Task StartAsync()
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        process = ChildProcess.Start(AsPostgres(
            Path.Combine(programs, "postgres"), "-D", folder.File("data"), "-p", number, "-h", "127.0.0.1", "-k", folder.Path, "-F", "-N", "300"));
        await Eventually.TrueAsync(async () => process.HasExited || await AnswersAsync(), TimeSpan.FromSeconds(60));
        if (process.HasExited)
            throw new InvalidOperationException($"PostgreSQL did not start: {process.Output}{process.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopAsync();
        if (process is not null)
            await process.DisposeAsync();
        folder.Dispose();
    }

    private async Task CreateAsync()
    {
        if (Environment.UserName == "root")
            await RunAsync(new ProcessStartInfo("chown", ["postgres", folder.Path]));
        await RunAsync(AsPostgres(
            Path.Combine(programs, "initdb"), "-D", folder.File("data"), "-U", "gateway", "-A", "trust", "-E", "UTF8", "--no-sync"));
    }

    // Its programs refuse to run as root.
    private ProcessStartInfo AsPostgres(string program, params string[] arguments) => Environment.UserName == "root"
        ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments]) { WorkingDirectory = folder.Path }
        : new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path };

    private static async Task RunAsync(ProcessStartInfo info)
    {
        await using var command = ChildProcess.Start(info);
        if (await command.ExitAsync() != 0)
            throw new InvalidOperationException($"{info.FileName} failed: {command.Output}{command.Error}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false;Timeout=2");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Debian keeps them off the PATH, by version.
    private static string? Programs()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions.Select(version => Path.Combine(version, "bin"))
            .Append(Path.GetDirectoryName(Executable.Find("initdb")))
            .LastOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    /// <summary>Gone with whoever still has a connection to it.</summary>
    private sealed class Database(PostgreSqlServer server, string name) : IDisposable
    {
        public void Dispose()
        {
            if (server.process is not { HasExited: false })
                return;
            using var source = NpgsqlDataSource.Create(server.ConnectionString() + ";Pooling=false");
            using var command = source.CreateCommand($"DROP DATABASE {name} WITH (FORCE)");
            command.ExecuteNonQuery();
        }
    }
}
