using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

/// <summary>Visitors who have no session, and those who make one up.</summary>
public sealed class StrangerTests(SharedRedis redis)
{
    [Fact]
    public async Task Strangers_CreateNoKeyAndGetNoCookie()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();

        foreach (var path in (string[])["/public/page", "/page", "/_gateway/session", "/_gateway/verify", "/_gateway/style.css"])
        {
            using var page = await browser.GetAsync(path);
            using var script = await browser.FetchAsync(path);
        }

        Assert.Equal(0, await keys.CountAsync());
        Assert.Empty(browser.Cookies.Received);
    }

    [Fact]
    public async Task Id_ThatNobodyIssued_IsNeverAdopted()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();
        browser.Cookies[Stage.SessionCookie] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

        Assert.Null(await browser.UserAtAsync());
        Assert.Null(await browser.UserAtAsync("/public/page"));

        Assert.Equal(0, await keys.CountAsync());
        Assert.Empty(browser.Cookies.Received);
    }

    [Fact]
    public async Task Cookies_ThatTheGatewayCantHaveIssued_CauseNoCommand()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        var good = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        browser.Cookies[Stage.SessionCookie] = good;
        var before = await CommandsAsync(server);
        Assert.Null(await browser.UserAtAsync());
        var asked = await CommandsAsync(server);
        Assert.NotEqual(before, asked);

        foreach (var bad in (string[])["", "x", good[1..], good + "A", good[..^1] + "!", good[..^1] + "/", new string('A', 42) + "B", new string('a', 4000)])
        {
            browser.Cookies[Stage.SessionCookie] = bad;
            browser.Cookies[Stage.RememberCookie] = bad;
            Assert.Null(await browser.UserAtAsync());
        }

        Assert.Equal(asked, await CommandsAsync(server));
    }

    // All commands that read or write a key; the connection's own upkeep goes on meanwhile.
    private static async Task<long> CommandsAsync(RedisServer server)
    {
        string[] upkeep = ["ping", "info", "echo", "client", "config", "cluster", "sentinel", "hello", "command", "get|", "auth", "select", "subscribe"];
        var lines = (string)(await server.Keys().ExecuteAsync("INFO", "commandstats"))!;
        Assert.SkipUnless(lines.Contains("cmdstat_", StringComparison.Ordinal), "this server does not count its commands");
        return lines.Split('\n')
            .Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal) && !upkeep.Any(name => line.StartsWith("cmdstat_" + name, StringComparison.Ordinal)))
            .Sum(line => long.Parse(line.Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture));
    }
}
