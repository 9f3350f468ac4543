using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions.Outage;

/// <summary>What the stories of outages have in common.</summary>
internal static class OutageStage
{
    /// <summary>Within which service is to be normal again.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    /// <summary>From here on the first node knows the session: a copy made before the revocation channel was up is dropped when it comes up.</summary>
    public static async Task<Browser> LogInKnownAsync(this Stage stage, bool remember = false)
    {
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RevocationChannelUp").Count > 0);
        var browser = await stage.LogInAsync(remember);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        return browser;
    }

    /// <summary>Asks until the first node has found out that Redis is away.</summary>
    public static Task EventuallyAwayAsync(this Stage stage, Browser browser) => Eventually.TrueAsync(async () =>
    {
        using var page = await browser.GetAsync("/page");
        return stage.Gateway.Logs.Of("RedisAway").Count > 0;
    });

    /// <summary>Sessions can be made and asked for again within seconds.</summary>
    public static Task EventuallyNormalAsync(this Stage stage) => Eventually.TrueAsync(async () =>
    {
        using var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        return answer.StatusCode == HttpStatusCode.OK && await browser.IsServedAsync();
    }, Recovery);

    /// <summary>Whether a page is served, to whom it should be; anything but a refusal for now is an answer to stop at.</summary>
    public static async Task<bool> IsServedAsync(this Browser browser, string userId = Stage.UserId)
    {
        using var answer = await browser.GetAsync("/page");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            return false;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(userId, (await EchoedRequest.OfAsync(answer)).Header("X-User-Id"));
        return true;
    }

    /// <summary>Whoever has a live record is served again within seconds, by the record that they have.</summary>
    public static async Task EventuallyServedAsync(this Browser browser)
    {
        var received = browser.Cookies.Received.Count;
        await Eventually.TrueAsync(() => browser.IsServedAsync(), Recovery);
        Assert.Equal(received, browser.Cookies.Received.Count);
    }

    /// <summary>To be told to come again, with every cookie left as it is.</summary>
    public static async Task AssertAskedToComeAgainAsync(this Browser browser, string path = "/page")
    {
        var received = browser.Cookies.Received.Count;
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(received, browser.Cookies.Received.Count);
    }

    /// <summary>To be served as the one that the cookies speak for, with every cookie left as it is.</summary>
    public static async Task AssertServedAsync(this Browser browser, string path = "/page")
    {
        var received = browser.Cookies.Received.Count;
        Assert.Equal(Stage.UserId, await browser.UserAtAsync(path));
        Assert.Equal(received, browser.Cookies.Received.Count);
    }
}
