using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>A primary and its replica, both in the configuration, change places.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task Service_AfterAPlannedFailover_GoesOnWithEverySession()
    {
        await using var primary = await RedisServer.StartNewAsync();
        await using var replica = await RedisServer.StartNewAsync();
        await replica.FollowAsync(primary);
        await using var stage = await StartAsync(primary, replica);
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await primary.HasReplicatedAsync();

        await primary.ExecuteAsync("FAILOVER");

        for (var request = 0; request < 10; request++)
        {
            await browser.AssertServedAsync();
            await elsewhere.AssertServedAsync();
        }

        await stage.EventuallyNormalAsync();
        await browser.AssertServedAsync();
        await elsewhere.AssertServedAsync();
    }

    [Fact]
    public async Task Service_AfterThePrimaryDied_GoesOnWithTheReplica()
    {
        await using var primary = await RedisServer.StartNewAsync();
        await using var replica = await RedisServer.StartNewAsync();
        await replica.FollowAsync(primary);
        await using var stage = await StartAsync(primary, replica);
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await primary.HasReplicatedAsync();
        await primary.StopAsync();

        // The replica is there to be read.
        await elsewhere.EventuallyServedAsync();
        await browser.AssertServedAsync();
        await replica.ExecuteAsync("REPLICAOF", "NO", "ONE");

        await stage.EventuallyNormalAsync();
        await browser.AssertServedAsync();
        await elsewhere.AssertServedAsync();
    }

    private static Task<Stage> StartAsync(RedisServer primary, RedisServer replica) =>
        Stage.StartAsync(primary.Keys(), settings =>
            settings.With("ConnectionStrings:Redis", $"{primary.ConnectionString},{replica.ConnectionString}"));
}
