using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions;

public sealed class AbsoluteTimeoutTests(SharedRedis redis)
{
    [Fact]
    [Requirement("S05")]
    public async Task Session_HoweverBusy_EndsAtItsAbsoluteTimeout()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync();

        for (var passed = 0; passed < 120; passed += 20)
        {
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
            clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("S04")]
    public async Task Session_LeftAlone_EndsAfterTheIdleTimeout()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync();

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("S05")]
    public async Task Session_InRedis_EndsAtItsAbsoluteTimeoutOnEveryNode()
    {
        var keys = redis.NewKeys();
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys, settings => Short(settings).With("Gateway:Session:CacheFor", "00:00:10"), clock);
        var other = await stage.StartNodeAsync();
        using var browser = await stage.LogInAsync();
        using var there = browser.At(other.BaseAddress);
        clock.Advance(TimeSpan.FromSeconds(119));

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Equal(Stage.UserId, await there.UserAtAsync());
        Assert.True(await keys.TtlAsync(Assert.Single(await keys.ListAsync("session:*"))) <= TimeSpan.FromSeconds(1));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await browser.UserAtAsync());
        Assert.Null(await there.UserAtAsync());
    }

    // Every second of the test's clock fires timers, so there are few of them.
    private static GatewaySettings Short(GatewaySettings settings) => settings
        .With("Gateway:Session:IdleTimeout", "00:00:30")
        .With("Gateway:Session:AbsoluteTimeout", "00:02:00");
}
