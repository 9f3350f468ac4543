using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

/// <summary>What the gateway never asks of a Redis with millions of keys.</summary>
public sealed class RedisCommandTests
{
    private static readonly string[] ThatLookThroughAllKeys = ["keys", "scan", "sscan", "hscan", "zscan", "randomkey", "sort", "flushdb", "flushall"];

    [Fact]
    public async Task NothingThatVisitorsOrOperatorsDo_LooksThroughAllKeys()
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "reads the statistics of redis-server");
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        await server.ExecuteAsync("CONFIG", "RESETSTAT");

        using var browser = await stage.LogInAsync(remember: true);
        using var second = await stage.LogInAsync();
        using var stranger = stage.Gateway.NewBrowser();
        using var refused = await stranger.LoginAsync(Stage.Email, "wrong");
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        using var session = await browser.FetchAsync("/_gateway/session");
        var listed = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "sessions", "list", Stage.Email);
        using var answer = await browser.LogoutAsync();
        var revoked = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "sessions", "revoke", Stage.Email);
        await Eventually.TrueAsync(async () => await second.UserAtAsync() is null);

        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        Assert.Equal((0, 0), (listed.ExitCode, revoked.ExitCode));
        var calls = await server.CallsAsync();
        Assert.True(calls["getex"] > 0 && calls["zadd"] >= 3 && calls["zrem"] > 0, string.Join(", ", calls));
        Assert.Empty(calls.Keys.Intersect(ThatLookThroughAllKeys, StringComparer.Ordinal));
    }
}
