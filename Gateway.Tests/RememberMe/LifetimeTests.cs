using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.RememberMe;

public class LifetimeTests
{
    [Fact]
    [Requirement("C07", "S05")]
    public async Task RememberedBrowser_GetsNewSessionsButNeverLaterThanItsLifetimeAfterThePassword()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync(remember: true);
        // Kept beyond its Max-Age, as a browser may that was tampered with.
        browser.Cookies[Stage.RememberCookie] = browser.Cookies[Stage.RememberCookie];
        var ids = new List<string?>();

        for (var second = 0; second < 60; second += 5)
        {
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
            ids.Add(browser.Cookies[Stage.SessionCookie]);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Null(await browser.UserAtAsync());
        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids.Chunk(4), chunk => Assert.Single(chunk.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    [Requirement("S05")]
    public async Task RestoredSession_EndsWithTheRemembering_NotLater()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync(remember: true);
        clock.Advance(TimeSpan.FromSeconds(55));

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await browser.UserAtAsync());
    }

    [Theory]
    [InlineData("00:00:01")]
    [InlineData("00:00:03")]
    public async Task RememberedBrowser_WithATinyIdleTimeout_NeverGetsAnOldIdBack(string idle)
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(
            keys: null, settings => Short(settings).With("Gateway:Session:IdleTimeout", idle).With("Gateway:Session:AbsoluteTimeout", idle), clock);
        using var browser = await stage.LogInAsync(remember: true);
        var ids = new List<string?>();

        for (var time = 0; time < 10; time++)
        {
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
            ids.Add(browser.Cookies[Stage.SessionCookie]);
            clock.Advance(TimeSpan.Parse(idle));
        }

        Assert.Equal(10, ids.Distinct(StringComparer.Ordinal).Count());
    }

    private static GatewaySettings Short(GatewaySettings settings) => settings
        .With("Gateway:Session:IdleTimeout", "00:00:20")
        .With("Gateway:Session:AbsoluteTimeout", "00:00:20")
        .With("Gateway:RememberMe:Lifetime", "00:01:00");
}
