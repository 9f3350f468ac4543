using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;
using Gateway.Tests.Sessions.Live;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>What visitors and operators see of two gateways on one store, whatever server that is.</summary>
public abstract class EngineStories(Engine engine)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Logout_OnAnotherNode_EndsTheCopyOfThisOneWithinASecond()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync(remember: true);
        using var there = browser.At((await StartNodeAsync(stage)).BaseAddress);
        var old = browser.Cookies.Copy();
        await ServedAsync(browser, there);

        using var answer = await there.FetchAsync("/_gateway/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var stolen = new Browser(stage.Gateway.BaseAddress, old);
        await Eventually.TrueAsync(async () => await stolen.UserAtAsync() is null, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task RememberedBrowser_AfterAFlush_HasOneSessionWhateverNodesItAsksAtOnce()
    {
        var keys = engine.NewKeys();
        await using var stage = await StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        using var there = browser.At((await StartNodeAsync(stage)).BaseAddress);
        await keys.DeleteAllAsync();
        browser.Close();

        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => (number % 2 == 0 ? browser : there).UserAtAsync()));

        Assert.All(users, user => Assert.Equal(Stage.UserId, user));
        Assert.Single(await keys.ListAsync("session:*"));
        Assert.Single(await keys.ListAsync("agreed:*"));
    }

    [Fact]
    public async Task SessionsRevoked_ByCommand_AreOverEverywhere()
    {
        await using var stage = await StartAsync();
        var node = await StartNodeAsync(stage);
        using var first = await stage.LogInAsync(remember: true);
        using var second = await stage.LogInAsync();
        using var there = second.At(node.BaseAddress);
        using var socket = await OpenStream.SocketAsync(there);
        await ServedAsync(first, second, there);

        // Of which no browser knows.
        var operators = await StartNodeAsync(stage);
        var revoked = await operators.RunCommandAsync("sessions", "revoke", Stage.Email);

        Assert.Equal(0, revoked.ExitCode);
        Assert.Equal("", revoked.Error);
        await OverAsync(first, second, there);
        await socket.Ended;
    }

    [Fact]
    public async Task User_Disabled_IsSignedInNowhere()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync(remember: true);
        using var there = browser.At((await StartNodeAsync(stage)).BaseAddress);
        await ServedAsync(browser, there);

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        await OverAsync(browser, there);
    }

    [Fact]
    public async Task Guesses_OnBothNodes_AreCountedTogether()
    {
        await using var stage = await StartAsync();
        var nodes = new[] { stage.Gateway, await StartNodeAsync(stage) };
        for (var guess = 0; guess < 5; guess++)
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(nodes[guess % 2], "wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(nodes[0], Stage.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(nodes[1], Stage.Password));
    }

    [Fact]
    public async Task ConfigurationCheck_SaysThatAllIsWell()
    {
        await using var stage = await StartAsync();

        var check = await stage.Gateway.RunCommandAsync("config", "check");

        Assert.True(check.ExitCode == 0, check.Out + check.Error);
    }

    private Task<Stage> StartAsync() => StartAsync(engine.NewKeys());

    // With copies, as operators have it; no server fails here.
    private static async Task<Stage> StartAsync(RedisKeys keys)
    {
        var stage = await Stage.StartAsync(
            keys,
            settings => settings.With("Gateway:Session:CacheFor", "00:00:10"),
            services: services => services.ConnectPatiently(keys.ConnectionString));
        await HearsAsync(stage.Gateway);
        return stage;
    }

    private static async Task<TestGateway> StartNodeAsync(Stage stage)
    {
        var node = await stage.StartNodeAsync();
        await HearsAsync(node);
        return node;
    }

    private static Task HearsAsync(TestGateway node) => Eventually.TrueAsync(() => node.Logs.Of("RevocationChannelUp").Count > 0);

    private static async Task ServedAsync(params Browser[] browsers)
    {
        foreach (var browser in browsers)
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    private static async Task OverAsync(params Browser[] browsers)
    {
        foreach (var browser in browsers)
            await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null, Promise);
    }

    private static async Task<HttpStatusCode> TryAsync(TestGateway node, string password)
    {
        using var browser = node.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, password);
        return answer.StatusCode;
    }
}
