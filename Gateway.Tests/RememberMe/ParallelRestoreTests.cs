using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.RememberMe;

public class ParallelRestoreTests(SharedRedis redis)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Requests_AHundredAtOnceAfterARedisFlush_EndInOneSession(int nodes)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        var other = nodes == 1 ? stage.Gateway : await stage.StartNodeAsync();
        using var browser = await stage.LogInAsync(remember: true);
        using var there = browser.At(other.BaseAddress);
        await keys.DeleteAllAsync();
        var cookies = browser.Cookies.HeaderFor("/");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => SendAsync(number % 2 == 0 ? browser : there, cookies)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in answers)
            Assert.Equal(Stage.UserId, (await EchoedRequest.OfAsync(answer)).Header("X-User-Id"));
        Assert.Single(answers.SelectMany(answer => answer.SetCookies(Stage.SessionCookie)).Distinct(StringComparer.Ordinal));
        Assert.Single(await keys.ListAsync("session:*"));
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Single(await keys.ListAsync("session:*"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Logins_ThirtyAtOnce_AllSucceed()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());

        var browsers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => stage.LogInAsync(remember: true)));

        foreach (var browser in browsers)
        {
            browser.Close();
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
            browser.Dispose();
        }
    }

    // With the cookies of before, as a page does that asked for everything at once.
    private static Task<HttpResponseMessage> SendAsync(Browser browser, string? cookies)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, browser.Origin + "/page");
        request.Headers.Add("Cookie", cookies);
        return browser.SendPlainAsync(request);
    }
}
