using System.Diagnostics;
using System.Globalization;
using Gateway.Tests.Hosting;

namespace Faults.Servers;

/// <summary>A real PostgreSQL for the user database.</summary>
internal sealed class PostgreSql(string folder) : IAsyncDisposable
{
    private readonly string port = LoopbackPort.Next().ToString(CultureInfo.InvariantCulture);
    private readonly string log = folder + ".log";
    private Child? process;
    private Child? locking;

    /// <summary>Where its programs are; null on a machine without it.</summary>
    public static string? Programs { get; } = Find();

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=gateway;Database=postgres";

    private string Data => Path.Combine(folder, "data");

    public async Task StartAsync()
    {
        if (!Directory.Exists(folder))
            await CreateAsync();
        process = Child.Start(AsPostgres("postgres", "-D", Data, "-p", port, "-h", "127.0.0.1", "-k", folder, "-F"), log);
        await AnsweringAsync();
    }

    public Task AnsweringAsync() => Until.TrueAsync(() => Child.RunAsync(log, Psql("SELECT 1")), "PostgreSQL answers");

    /// <summary>Ends it at once, as a crash does, but for the memory that it shares with its children.</summary>
    public async Task CrashAsync()
    {
        await process!.SignalAsync("QUIT");
        await process.ExitAsync();
    }

    /// <summary>It and all its children.</summary>
    public Task SignalAsync(string signal) => Child.RunAsync(log, "/bin/sh", "-c", $"kill -s {signal} {process!.Id} $(pgrep -P {process.Id})");

    /// <summary>Nobody else reads or writes users until it is unlocked.</summary>
    public async Task LockAsync()
    {
        locking = Child.Start(Psql("BEGIN; LOCK TABLE \"Users\", \"RememberedBrowsers\" IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)"), log);
        await Until.TrueAsync(
            () => Child.RunAsync(log, Psql("DO $$ BEGIN ASSERT EXISTS (SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted); END $$")), "the tables are locked");
    }

    public async Task UnlockAsync()
    {
        await Child.RunAsync(log, Psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()"));
        await locking!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        await CrashAsync();
        await process.DisposeAsync();
    }

    private async Task CreateAsync()
    {
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
        {
            await Child.RunAsync(log, "chmod", "755", Path.GetDirectoryName(folder)!);
            await Child.RunAsync(log, "chown", "postgres", folder);
        }

        if (!await Child.RunAsync(log, AsPostgres("initdb", "-D", Data, "-U", "gateway", "-A", "trust", "-E", "UTF8", "--no-sync")))
            throw new InvalidOperationException($"No PostgreSQL:\n{await File.ReadAllTextAsync(log)}");
    }

    private ProcessStartInfo Psql(string statement) =>
        AsPostgres("psql", "-h", "127.0.0.1", "-p", port, "-U", "gateway", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qc", statement);

    // Its programs refuse to run as root.
    private ProcessStartInfo AsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        var info = Environment.UserName == "root"
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        info.WorkingDirectory = folder;
        info.Environment["PGCONNECT_TIMEOUT"] = "2";
        return info;
    }

    // Debian keeps them off the PATH, by version.
    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions.Select(version => Path.Combine(version, "bin")).Append(Path.GetDirectoryName(Executable.Find("initdb")))
            .LastOrDefault(place => place is not null && File.Exists(Path.Combine(place, "initdb")) && File.Exists(Path.Combine(place, "psql")));
    }
}
