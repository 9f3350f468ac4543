using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>Redis is killed or frozen and comes back.</summary>
public sealed class OutageTests
{
    // A second is promised; the rest is for a busy test machine.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

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
        var received = browser.Cookies.Received.Count;
        await server.FailAsync(frozen);

        // The first few find out that Redis is away, the others know.
        for (var request = 0; request < 5; request++)
        {
            var start = TimeProvider.System.GetTimestamp();
            using var answer = await elsewhere.GetAsync("/page");
            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Prompt);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.Equal(received, browser.Cookies.Received.Count);
    }

    [Theory]
    [Requirement("P11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKnownSession_IsServedWithoutWaitingOnceTheOutageIsKnown(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await KnownAsync(stage, browser);
        await server.FailAsync(frozen);
        await AwayAsync(stage, browser);

        // Without the breaker, ten questions to a frozen Redis take longer than seven seconds.
        var start = TimeProvider.System.GetTimestamp();
        for (var request = 0; request < 10; request++)
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Prompt);
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
        await AwayAsync(stage, browser);

        await server.RecoverAsync(frozen);

        await Eventually.TrueAsync(async () => await LogsInAsync(stage), Recovery);
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
        await AwayAsync(stage, browser);
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

    // A copy that was made before the revocation channel was up is dropped when it comes up.
    private static async Task KnownAsync(Stage stage, Browser browser)
    {
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RevocationChannelUp").Count > 0);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    private static Task AwayAsync(Stage stage, Browser browser) => Eventually.TrueAsync(async () =>
    {
        using var page = await browser.GetAsync("/page");
        return stage.Gateway.Logs.Of("RedisAway").Count > 0;
    });

    private static async Task<bool> LogsInAsync(Stage stage)
    {
        using var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        return answer.StatusCode == HttpStatusCode.OK && await browser.UserAtAsync() == Stage.UserId;
    }
}
