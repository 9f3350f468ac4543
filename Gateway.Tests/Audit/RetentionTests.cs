using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Audit;

public sealed class RetentionTests
{
    [Fact]
    public async Task Events_OlderThanKeepFor_AreRemovedByTwoNodesAtOnceAndNoOthers()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:Audit:KeepFor", "02:00:00"), clock);
        await using var second = await TestGateway.StartAsync(stage.Gateway.Settings, clock);
        var now = clock.GetUtcNow();
        // More than one batch.
        await stage.Gateway.InDatabaseAsync(database => AddAsync(database, "test.old", now.AddMinutes(-90), 1200));
        await stage.Gateway.InDatabaseAsync(database => AddAsync(database, "test.new", now.AddHours(3), 5));

        clock.Advance(TimeSpan.FromHours(1));

        await Eventually.TrueAsync(
            async () =>
            {
                // Whoever met the other one writing comes again in an hour.
                clock.Advance(TimeSpan.FromMinutes(1));
                return (await stage.Gateway.AuditAsync("test.old")).Count == 0;
            },
            TimeSpan.FromSeconds(45));
        Assert.Equal(5, (await stage.Gateway.AuditAsync("test.new")).Count);
    }

    private static async Task<int> AddAsync(UserDatabase database, string action, DateTimeOffset at, int count)
    {
        await database.InsertAsync([.. Enumerable.Repeat(new AuditEvent { Action = action, At = at }, count)], TestContext.Current.CancellationToken);
        return await database.Set<AuditEvent>().CountAsync(TestContext.Current.CancellationToken);
    }
}
