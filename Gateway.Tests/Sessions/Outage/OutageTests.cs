using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis is killed or frozen and comes back.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    [Theory]
    [Requirement("P11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnUnknownSession_IsAskedToTryAgainPromptlyAndKeepsItsCookie(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        await server.FailAsync(frozen);

        var times = new List<TimeSpan>();
        for (var request = 0; request < 7; request++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await elsewhere.AssertAskedToComeAgainAsync();
            times.Add(TimeProvider.System.GetElapsedTime(start));
        }

        // The first three find out that Redis is away, the others know. Medians: a busy test machine may hold up one of them.
        Assert.InRange(times.Take(3).Order().ElementAt(1), TimeSpan.Zero, Prompt);
        Assert.InRange(times.Skip(3).Order().ElementAt(1), TimeSpan.Zero, Prompt / 4);
    }

    [Theory]
    [Requirement("P11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKnownSession_IsServedWithoutWaitingOnceTheOutageIsKnown(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInKnownAsync();
        await server.FailAsync(frozen);
        await stage.EventuallyAwayAsync(browser);

        // Without the breaker, ten questions to a frozen Redis take longer than seven seconds; a busy machine needs one of its own.
        var start = TimeProvider.System.GetTimestamp();
        for (var request = 0; request < 10; request++)
            await browser.AssertServedAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Prompt * 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_IsNormalWithinSecondsOfRedis(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await server.FailAsync(frozen);
        await stage.EventuallyAwayAsync(browser);

        await server.RecoverAsync(frozen);

        await stage.EventuallyNormalAsync();
        Assert.Single(stage.Gateway.Logs.Of("RedisAway"));
        Assert.Single(stage.Gateway.Logs.Of("RedisBack"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APublicPage_IsServedToEverybody(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        using var elsewhere = browser.At((await stage.StartNodeAsync()).BaseAddress);
        using var stranger = stage.Gateway.NewBrowser();
        await server.FailAsync(frozen);

        Assert.Null(await elsewhere.UserAtAsync("/public/page"));
        Assert.Null(await stranger.UserAtAsync("/public/page"));
        using var page = await elsewhere.GetAsync("/public/page");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task AnOutageThatIsKnown_AddsNoLineToTheLogForEachRequest()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await server.StopAsync();
        await stage.EventuallyAwayAsync(browser);
        var before = Warnings(stage);

        for (var request = 0; request < 5; request++)
        {
            using var page = await browser.GetAsync("/page");
            using var login = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
        }

        Assert.Equal(before, Warnings(stage));
    }

    private static int Warnings(Stage stage) => stage.Gateway.Logs.Of("StoreUnavailable").Count + stage.Gateway.Logs.Of("DependencyFailed").Count;
}
