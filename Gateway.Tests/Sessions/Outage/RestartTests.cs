using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>A Redis ends and another begins at its address.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task ARedisWithTheOldData_GoesOnWithEverySession()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await server.SaveAsync();
        await server.StopAsync();
        await stage.EventuallyAwayAsync(browser);

        await server.StartAsync();

        await elsewhere.EventuallyServedAsync();
        await browser.EventuallyServedAsync();
    }

    [Fact]
    public async Task ARedisWithoutData_GivesEachRememberedBrowserOneNewSession()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        await server.StopAsync();
        await stage.EventuallyAwayAsync(browser);
        await browser.AssertServedAsync();
        var received = browser.Cookies.Received.Count;

        await server.StartAsync();
        await stage.EventuallyNormalAsync();
        await server.Keys().DeleteAllAsync();

        // All at once, as a browser does that opens its tabs again.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => Assert.True(await browser.IsServedAsync())));
        Assert.Single(browser.Cookies.Received.Skip(received).Select(line => line.Split(';')[0]).Distinct(StringComparer.Ordinal));
        Assert.Single(await server.Keys().ListAsync("session:*"));
        await browser.AssertServedAsync();
    }
}
