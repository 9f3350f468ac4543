using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users;

/// <summary>Brings the user database up to date; safe when several gateways do it at once.</summary>
internal sealed class UserDatabaseSetup(
    UserDatabase database, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<UserDatabaseSetup> logger)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Another gateway may migrate, and a large table takes its time.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (database.Database.IsSqlite())
            await PrepareSqliteAsync(cancellationToken);

        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
            return;
        database.Database.SetCommandTimeout(LongestStep);
        await WaitForSqliteLockAsync(cancellationToken);
        await using var turn = database.Database.IsSqlite()
            ? null
            : await PostgreSqlTurn.TakeAsync(UserConnection.Source(configuration, environment.ContentRootPath)(), LongestStep, cancellationToken);
        await database.Database.MigrateAsync(cancellationToken);
        logger.Migrated(pending.Count, pending[^1]);
    }

    /// <summary>Runs <paramref name="once"/> while no other gateway does the same or migrates.</summary>
    public async Task WithLockAsync(Func<Task> once, CancellationToken cancellationToken)
    {
        database.Database.SetCommandTimeout(LongestStep);
        await WaitForSqliteLockAsync(cancellationToken);
        await using var transaction = database.Database.IsSqlite() ? null : await database.Database.BeginTransactionAsync(cancellationToken);
        await using var held = await database.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(cancellationToken);
        await once();
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
    }

    private async Task PrepareSqliteAsync(CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(database.Database.GetConnectionString()).DataSource;
        if (!OperatingSystem.IsWindows() && !File.Exists(file) && Directory.Exists(Path.GetDirectoryName(file)))
            CreateForThisAccountAlone(file);

        // Readers and the one writer don't wait for each other; the setting stays in the file.
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }

    // It holds password hashes and the key ring. SQLite gives the files beside it the same mode. Never opened when it is there: to
    // close it would give up the locks that this process holds on it.
    [UnsupportedOSPlatform("windows")]
    private static void CreateForThisAccountAlone(string file)
    {
        try
        {
            new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another gateway was faster. Otherwise SQLite can't make it either, and says so in a moment.
        }
    }

    // EF Core keeps its SQLite lock in a row, which outlives a process that was killed while it held it, and waits for it for ever.
    private async Task WaitForSqliteLockAsync(CancellationToken cancellationToken)
    {
        while (database.Database.IsSqlite() && await IsLockedAsync(cancellationToken))
        {
            var limit = clock.GetUtcNow().Subtract(StaleAfter).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss");
            if (await database.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock WHERE Timestamp < {limit}", cancellationToken) > 0)
                logger.StaleMigrationLockRemoved(StaleAfter);
            else
                await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<bool> IsLockedAsync(CancellationToken cancellationToken)
    {
        var tables = await database.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        return tables > 0 && await database.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM __EFMigrationsLock").SingleAsync(cancellationToken) > 0;
    }
}
