using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

/// <summary>With the default settings, where this node's copy answers most requests.</summary>
public sealed class RenewalTests(SharedRedis redis)
{
    [Fact]
    public async Task Session_ThatACopyAnswersFor_IsRenewedInRedisAllTheSame()
    {
        var keys = redis.NewKeys();
        var clock = new TestClock();
        await using var stage = await StartAsync(keys, clock);
        using var browser = stage.Gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password);
        using var asked = await browser.FetchAsync("/");
        var session = Assert.Single(await keys.ListAsync(), key => key.StartsWith("session:", StringComparison.Ordinal));
        await keys.ExecuteAsync("PEXPIRE", keys.Prefix + session, "60000");

        clock.Advance(TimeSpan.FromSeconds(2));
        using var copied = await browser.FetchAsync("/");

        await Eventually.TrueAsync(async () => await keys.TtlAsync(session) > TimeSpan.FromSeconds(1790));
    }

    [Fact]
    public async Task Session_ThatIsGoneFromRedis_SoonLeavesTheCopyToo()
    {
        var keys = redis.NewKeys();
        var clock = new TestClock();
        await using var stage = await StartAsync(keys, clock);
        using var browser = stage.Gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
        using var asked = await browser.FetchAsync("/");
        await keys.DeleteAllAsync();

        clock.Advance(TimeSpan.FromSeconds(2));

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await browser.FetchAsync("/");
            answer.EnsureSuccessStatusCode();
            return (await keys.ListAsync()).Any(key => key.StartsWith("session:", StringComparison.Ordinal));
        });
    }

    // Copies are used once the gateway has seen, at a tick of the clock, that revocations reach it.
    private static async Task<Stage> StartAsync(RedisKeys keys, TestClock clock)
    {
        var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"), clock);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return stage.Gateway.Logs.Of(1108).Count > 0;
        });
        return stage;
    }
}
