using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login;

public sealed class IdentityEndpointTests(SharedRedis redis)
{
    [Fact]
    public async Task Session_DescribesWhoIsSignedIn()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.FetchAsync("/_gateway/session");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var json = await answer.JsonAsync();
        Assert.Equal(
            ["userId", "email", "name", "roles", "startedAt", "expiresAt", "restored"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Stage.UserId, json.GetProperty("userId").GetString());
        Assert.Equal(Stage.Email, json.GetProperty("email").GetString());
        Assert.Equal("Ann", json.GetProperty("name").GetString());
        Assert.Equal("reader", Assert.Single(json.GetProperty("roles").EnumerateArray()).GetString());
        Assert.False(json.GetProperty("restored").GetBoolean());
        var (start, end) = (json.GetProperty("startedAt").GetDateTimeOffset(), json.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.InRange(end - start, TimeSpan.FromSeconds(1795), TimeSpan.FromSeconds(1805));
    }

    [Fact]
    public async Task Session_AfterARestore_SaysSo()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        using var answer = await browser.FetchAsync("/_gateway/session");

        Assert.True((await answer.JsonAsync()).GetProperty("restored").GetBoolean());
    }

    [Theory]
    [InlineData("/_gateway/session")]
    [InlineData("/_gateway/verify")]
    public async Task Nobody_IsUnauthorizedAndNotSentToTheLoginPage(string path)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:10")]
    public async Task Session_AskedAgainAndAgain_DoesNotKeepTheSessionAlive(string cacheFor)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", cacheFor));
        using var browser = await stage.LogInAsync();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        await keys.ShortenAsync("session:*", TimeSpan.FromSeconds(100));

        using var answer = await browser.FetchAsync("/_gateway/session");

        var expiresAt = (await answer.JsonAsync()).GetProperty("expiresAt").GetDateTimeOffset();
        Assert.InRange(expiresAt - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
        Assert.True(await keys.TtlAsync(Assert.Single(await keys.ListAsync("session:*"))) <= TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Verify_AnswersAFrontProxyWithTheIdentityHeaders()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.FetchAsync("/_gateway/verify");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Stage.UserId, Assert.Single(answer.Headers.GetValues("X-User-Id")));
        Assert.Equal("reader", Assert.Single(answer.Headers.GetValues("X-Roles")));
        Assert.Equal("", await answer.TextAsync());
    }

    [Fact]
    public async Task Verify_WhileRedisIsAway_SendsNobodyToTheLoginPage()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await server.StopAsync();

        foreach (var path in (string[])["/_gateway/verify", "/_gateway/session"])
        {
            using var answer = await browser.FetchAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
    }
}
