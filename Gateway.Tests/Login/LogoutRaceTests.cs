using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Login;

public class LogoutRaceTests(SharedRedis redis)
{
    private const int Times = 50;

    [Fact]
    public async Task Logout_WhileParallelRequestsRestoreTheSession_Wins()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        var other = await stage.StartNodeAsync();

        for (var time = 0; time < Times; time++)
        {
            using var browser = await stage.LogInAsync(remember: true);
            await keys.DeleteAllAsync();
            await RaceAsync(browser, browser.At(other.BaseAddress), time);
            await AssertNothingIsLeftAsync(stage, keys);
        }
    }

    [Fact]
    public async Task Logout_WhileParallelRequestsRenewTheSession_Wins()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        var other = await stage.StartNodeAsync();

        for (var time = 0; time < Times; time++)
        {
            using var browser = await stage.LogInAsync();
            using var old = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
            await RaceAsync(browser, browser.At(other.BaseAddress), time);
            await AssertNothingIsLeftAsync(stage, keys);
            Assert.Null(await old.UserAtAsync());
        }
    }

    // The logout starts a little earlier or later each time, as one of the six requests.
    private static async Task RaceAsync(Browser here, Browser there, int time)
    {
        using var scriptOnTheOtherNode = there;
        var requests = new List<Task<HttpResponseMessage>>();
        for (var request = 0; request < 6; request++)
        {
            var browser = request % 2 == 0 ? here : there;
            requests.Add(request == time % 6
                ? browser.FetchAsync("/_gateway/logout", HttpMethod.Post)
                : browser.FetchAsync("/page"));
        }

        foreach (var answer in await Task.WhenAll(requests))
        {
            Assert.True((int)answer.StatusCode < 500, $"{answer}");
            answer.Dispose();
        }
    }

    private static async Task AssertNothingIsLeftAsync(Stage stage, RedisKeys keys)
    {
        Assert.Empty(await keys.ListAsync("session:*"));
        Assert.Equal(0, await stage.Gateway.InDatabaseAsync(
            database => database.Set<RememberedBrowser>().CountAsync(TestContext.Current.CancellationToken)));
    }
}
