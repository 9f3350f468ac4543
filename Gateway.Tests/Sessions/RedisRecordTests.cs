using System.Net.Http.Json;
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
        Assert.Equal(TimeSpan.FromDays(1).TotalSeconds, record.GetProperty("to").GetInt64() - record.GetProperty("at").GetInt64());
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

        var index = (byte[][])(await keys.ExecuteAsync("ZRANGE", $"{keys.Prefix}user:42:sessions", 0, -1))!;

        Assert.Equal(sessions.Order(StringComparer.Ordinal), index.Select(key => "session:" + Convert.ToHexStringLower(key)).Order(StringComparer.Ordinal));
        using var answer = await first.LogoutAsync();
        Assert.Equal(1, (long)await keys.ExecuteAsync("ZCARD", $"{keys.Prefix}user:42:sessions"));
    }

    // Measured for a million by deploy/bench/sessions. Redis takes memory in steps: up to 224 bytes with its own four, then 256; and up to
    // 48 for an index of one session.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_OfUsualSize_TakesNoMoreThanItsStepsOfMemory(bool remember)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        await stage.Gateway.AddUserAsync("anna.schneider@example.org", Stage.Password, "100042", "Anna Schneider", "editor", "reader");
        using var browser = stage.Gateway.NewBrowser();
        using var login = browser.Request(HttpMethod.Post, "/_gateway/login");
        login.Headers.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0");
        login.Headers.Add("X-Forwarded-For", "203.0.113.177");
        login.Content = JsonContent.Create(new { email = "anna.schneider@example.org", password = Stage.Password, remember });
        using var answer = await browser.SendAsync(login);

        var record = (await keys.GetAsync(Assert.Single(await keys.ListAsync("session:*"))))!;

        Assert.InRange(record.Length, 100, 220);
        // A remembered browser's row has them.
        Assert.Equal(!remember, record.Contains("\"ip\":\"203.0.113.177\",\"ua\":\"Fx/Win\"", StringComparison.Ordinal));
        var entry = (string)(await keys.ExecuteAsync("OBJECT", "ENCODING", $"{keys.Prefix}user:100042:sessions"))!;
        Assert.Equal("listpack", entry);
        Assert.Equal(32, Assert.Single((byte[][])(await keys.ExecuteAsync("ZRANGE", $"{keys.Prefix}user:100042:sessions", 0, -1))!).Length);
    }

    [Fact]
    public async Task Session_OfTheGatewayOfBefore_IsServedAndEnds()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();
        var name = Assert.Single(await keys.ListAsync("session:*"));
        var (key, stamp) = (name["session:".Length..], JsonElement.Parse((await keys.GetAsync(name))!).GetProperty("s").GetString());
        await keys.SetAsync(name, $$"""
            {"key":"{{key}}","userId":"42","email":"ann@example.org","name":"Ann","roles":["reader"],"startedAt":"{{DateTimeOffset.UtcNow:O}}","expiresAt":"{{DateTimeOffset.UtcNow.AddHours(1):O}}","restored":false,"stamp":"{{stamp}}"}
            """, TimeSpan.FromMinutes(30));
        await keys.DeleteAsync("user:42:sessions");
        await keys.ExecuteAsync("ZADD", $"{keys.Prefix}user:42:sessions", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(), key);
        var old = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        var listed = await GatewayProcess.RunAsync(stage.Gateway.Settings, null, "sessions", "list", Stage.Email);
        using var answer = await browser.LogoutAsync();

        Assert.Contains("session\t", listed.Out, StringComparison.Ordinal);
        Assert.Null(await old.UserAtAsync());
        Assert.False(await keys.ExistsAsync("user:42:sessions"));
        old.Dispose();
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
