using Gateway.KeyRing;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.KeyRing;

/// <summary>On SQLite a lock is a row; PostgreSQL ends one with its connection.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class StaleLockTests
{
    [Fact]
    public async Task LockOfAGatewayThatDiedWhileStarting_HoldsUpTheNextOneForAMinuteAtMost()
    {
        await using var first = await TestGateway.StartAsync(new GatewaySettings());
        await first.InDatabaseAsync(database => database.Set<StoredKey>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        var since = DateTime.UtcNow.AddSeconds(-61).ToString("yyyy-MM-dd HH:mm:ss.fffffff+00:00");
        await first.InDatabaseAsync(database => database.Database.ExecuteSqlAsync(
            $"INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, {since})", TestContext.Current.CancellationToken));

        var start = TimeProvider.System.GetTimestamp();
        await using var next = await TestGateway.StartAsync(first.Settings);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Single(next.Logs.Of("StaleMigrationLockRemoved"));
        Assert.Equal(1, await next.InDatabaseAsync(database => database.Set<StoredKey>().CountAsync(TestContext.Current.CancellationToken)));
    }
}
