using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Users;

/// <summary>Brings the user database up to date; safe when several gateways do it at once.</summary>
internal sealed class UserDatabaseSetup(UserDatabase database, TimeProvider clock, ILogger<UserDatabaseSetup> logger)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (database.Database.IsSqlite())
            await PrepareSqliteAsync(cancellationToken);

        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
            return;
        await database.Database.MigrateAsync(cancellationToken);
        logger.Migrated(pending.Count, pending[^1]);
    }

    /// <summary>Runs <paramref name="once"/> while no other gateway does the same or migrates.</summary>
    public async Task WithLockAsync(Func<Task> once, CancellationToken cancellationToken)
    {
        await using var transaction = database.Database.IsSqlite() ? null : await database.Database.BeginTransactionAsync(cancellationToken);
        await using var held = await database.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(cancellationToken);
        await once();
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
    }

    private async Task PrepareSqliteAsync(CancellationToken cancellationToken)
    {
        // Readers and the one writer don't wait for each other; the setting stays in the file.
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);

        // EF Core keeps its SQLite lock in a row, which outlives a process that was killed while it held it.
        var exists = await database.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (exists == 0)
            return;
        var limit = clock.GetUtcNow().Subtract(StaleAfter).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss");
        if (await database.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock WHERE Timestamp < {limit}", cancellationToken) > 0)
            logger.StaleMigrationLockRemoved(StaleAfter);
    }
}
