using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login;

public sealed class LogoutDuringOutageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logout_WhileRedisIsAway_KeepsTheSessionCookieSoThatItCanBeTriedAgain(bool remember)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember);
        var id = browser.Cookies[Stage.SessionCookie];
        await server.FreezeAsync();

        using var refused = await browser.FetchAsync("/_gateway/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(id, browser.Cookies[Stage.SessionCookie]);
        await server.ThawAsync();
        await Eventually.TrueAsync(async () => await LogsOutAsync(browser));
        Assert.Empty(await server.Keys().ListAsync("session:*"));
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
    }

    private static async Task<bool> LogsOutAsync(Browser browser)
    {
        using var answer = await browser.FetchAsync("/_gateway/logout", HttpMethod.Post);
        return answer.StatusCode == HttpStatusCode.NoContent;
    }
}
