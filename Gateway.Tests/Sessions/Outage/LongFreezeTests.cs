using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

public sealed class LongFreezeTests
{
    [Fact]
    public async Task Service_AfterAFreezeThatOutlivedTheConnection_IsNormalWithinSeconds()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await server.FreezeAsync();
        var start = TimeProvider.System.GetTimestamp();
        // The client gives up its connection, and tries new ones that nobody greets.
        await Eventually.TrueAsync(
            async () =>
            {
                using var page = await browser.GetAsync("/page");
                return TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(9);
            });

        await server.ThawAsync();

        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RedisBack").Count == 1, within: TimeSpan.FromSeconds(5));
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }
}
