using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions;

/// <summary>What an operator finds with redis-cli.</summary>
public sealed class RedisRecordTests(SharedRedis redis)
{
    [Fact]
    public async Task Session_IsJsonUnderTheHashOfItsIdWithTheIdleTimeoutAsTimeToLive()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();

        var name = "session:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(browser.Cookies[Stage.SessionCookie]!)));

        Assert.Equal([name], await keys.ListAsync("session:*"));
        var record = JsonElement.Parse((await keys.GetAsync(name))!);
        Assert.Equal(Stage.UserId, record.GetProperty("userId").GetString());
        Assert.Equal(Stage.Email, record.GetProperty("email").GetString());
        Assert.Equal(TimeSpan.FromDays(1), record.GetProperty("expiresAt").GetDateTimeOffset() - record.GetProperty("startedAt").GetDateTimeOffset());
        Assert.InRange((await keys.TtlAsync(name))!.Value, TimeSpan.FromSeconds(1795), TimeSpan.FromSeconds(1800));
    }

    [Fact]
    public async Task Session_ThatIsUsed_HasItsWholeTimeToLiveAgain()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();
        await keys.ShortenAsync("session:*", TimeSpan.FromSeconds(10));

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        var ttl = await keys.TtlAsync(Assert.Single(await keys.ListAsync("session:*")));
        Assert.InRange(ttl!.Value, TimeSpan.FromSeconds(1795), TimeSpan.FromSeconds(1800));
    }

    [Fact]
    public async Task User_HasAnIndexOfTheirSessions()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var first = await stage.LogInAsync();
        using var second = await stage.LogInAsync();
        var sessions = await keys.ListAsync("session:*");

        var index = (string[])(await keys.ExecuteAsync("ZRANGE", $"{keys.Prefix}user:42:sessions", 0, -1))!;

        Assert.Equal(sessions.Order(StringComparer.Ordinal), index.Select(key => "session:" + key).Order(StringComparer.Ordinal));
        using var answer = await first.LogoutAsync();
        Assert.Equal(1, (long)await keys.ExecuteAsync("ZCARD", $"{keys.Prefix}user:42:sessions"));
    }

    [Fact]
    public async Task Session_ThatEnds_IsAnnouncedOnTheChannel()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();
        var key = Assert.Single(await keys.ListAsync("session:*"))["session:".Length..];
        await using var announcements = await keys.SubscribeAsync("revoked");

        using var answer = await browser.LogoutAsync();

        await Eventually.TrueAsync(() => announcements.Heard.Contains(key));
    }

    [Fact]
    [Requirement("P12", "S12", "S13")]
    public async Task SessionId_IsKnownToTheBrowserAlone()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true, returnUrl: "/page");
        var id = browser.Cookies[Stage.SessionCookie]!;
        var remembering = browser.Cookies[Stage.RememberCookie]!;
        var texts = new List<string> { $"{loggedIn.Headers.Location}{await loggedIn.TextAsync()}" };
        foreach (var path in (string[])["/page", "/_gateway/session", "/_gateway/login", "/_gateway/logout", "/_gateway/verify", "/nowhere/at/all"])
        {
            using var answer = await browser.GetAsync(path);
            texts.Add($"{answer.Headers}{await answer.TextAsync()}");
        }

        using var loggedOut = await browser.LogoutAsync();
        texts.AddRange(stage.Gateway.Logs.Entries.Select(entry => entry.Text));
        foreach (var name in await keys.ListAsync("session:*"))
            texts.Add(name + await keys.GetAsync(name));

        Assert.DoesNotContain(texts, text => text.Contains(id, StringComparison.Ordinal) || text.Contains(remembering, StringComparison.Ordinal));
    }
}
