using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis is there, and answers every question with an excuse.</summary>
public sealed class NotInServiceTests
{
    [Theory]
    [InlineData("requirepass", "another password", "")]
    [InlineData("maxclients", "1", "10000")]
    public async Task ARedisThatLetsNobodyIn_IsAway(string setting, string shut, string open)
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "these are settings of redis-server");
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        using var remembered = await stage.LogInAsync(remember: true);
        remembered.Close();
        await server.ConfigureAsync(setting, shut);
        // All but the connection that says so.
        await server.ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");
        await server.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");

        for (var request = 0; request < 5; request++)
        {
            await browser.AssertServedAsync();
            await remembered.AssertServedAsync();
            await elsewhere.AssertAskedToComeAgainAsync();
        }

        await server.ConfigureAsync(setting, open);
        await stage.EventuallyNormalAsync();
        await elsewhere.EventuallyServedAsync();
    }

    [Fact]
    public async Task ARedisThatLoadsItsData_IsAwayUntilItHasThem()
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "these are settings of redis-server");
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        for (var number = 0; number < 60; number++)
            await server.Keys("ballast:").SetAsync($"{number}", new string('x', 2000), TimeSpan.FromHours(1));
        await server.SaveAsync();
        await server.StopAsync();
        await stage.EventuallyAwayAsync(browser);

        // 60 keys of 50 ms each, and now and then a look at who asks.
        await server.LaunchAsync("--key-load-delay", "50000", "--loading-process-events-interval-bytes", "1024");
        Assert.StartsWith("-LOADING", await server.PingAsync(), StringComparison.Ordinal);
        while ((await server.PingAsync()).StartsWith("-LOADING", StringComparison.Ordinal))
        {
            await browser.AssertServedAsync();
            using var answer = await elsewhere.GetAsync("/page");
            Assert.NotEqual(System.Net.HttpStatusCode.Found, answer.StatusCode);
        }

        await elsewhere.EventuallyServedAsync();
        await stage.EventuallyNormalAsync();
    }
}
