using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Security;

public sealed class SessionRuleTests(SharedRedis redis)
{
    [Fact]
    [Requirement("S03")]
    public async Task UnknownId_HoweverWellFormed_IsNeverAdopted()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();

        foreach (var path in (string[])["/page", "/public/page", "/_gateway/login", "/_gateway/session"])
        {
            browser.Cookies[Stage.SessionCookie] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            using var answer = await browser.GetAsync(path);
        }

        Assert.Null(await browser.UserAtAsync());
        Assert.Equal(0, await keys.CountAsync());
    }

    [Fact]
    [Requirement("S11")]
    public async Task SessionsOfOneUser_LiveSideBySide()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var first = await stage.LogInAsync();
        using var second = await stage.LogInAsync();
        using var third = await stage.LogInAsync();

        using var answer = await second.LogoutAsync();

        Assert.Equal(Stage.UserId, await first.UserAtAsync());
        Assert.Null(await second.UserAtAsync());
        Assert.Equal(Stage.UserId, await third.UserAtAsync());
    }

    [Fact]
    [Requirement("S10")]
    public async Task Session_WhoseKeyAnOperatorDeletes_IsOverAtTheNextRequest()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        await keys.DeleteAllAsync();

        Assert.Null(await browser.UserAtAsync());
    }

    // Without a session id in full, and with the time: a line of the log begins with it.
    [Fact]
    [Requirement("S13")]
    public async Task Log_TellsTheLifeOfASession()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, configure: null, clock);
        using var browser = await stage.LogInAsync(remember: true);
        using var leaving = await stage.LogInAsync();
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        using var answer = await leaving.LogoutAsync();
        using var idle = await stage.LogInAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await idle.UserAtAsync());

        Assert.Equal(4, stage.Gateway.Logs.Of("SessionBegan").Count);
        Assert.Single(stage.Gateway.Logs.Of("SessionBegan"), entry => entry.Text.Contains("restored: True", StringComparison.Ordinal));
        Assert.Single(stage.Gateway.Logs.Of("SessionEnded"), entry => entry.Text.Contains("logout", StringComparison.Ordinal));
        Assert.Single(stage.Gateway.Logs.Of("SessionNotThere"));
        Assert.Empty(stage.Gateway.Logs.Containing(idle.Cookies[Stage.SessionCookie]!));
    }

    [Fact]
    [Requirement("S13")]
    public async Task Log_OfAProcess_BeginsItsLinesWithTheTimeInUtc()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings());

        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: ", gateway.Output);
    }

    [Fact]
    [Requirement("A15")]
    public async Task FirstStart_LetsNobodyIn()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        Assert.Equal(0, await gateway.InDatabaseAsync(database => Task.FromResult(database.Users.Count())));
        using var browser = gateway.NewBrowser();
        foreach (var (email, password) in ((string, string)[])[("admin@example.org", "admin"), ("demo@example.org", "demo"), ("admin", "admin")])
        {
            using var answer = await browser.LoginJsonAsync(email, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }
}
