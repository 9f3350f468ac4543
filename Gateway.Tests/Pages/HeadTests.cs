using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Pages;

/// <summary>Who watches a site asks for a page without its body.</summary>
public sealed class HeadTests
{
    [Theory]
    [InlineData("/_gateway/login", HttpStatusCode.OK)]
    [InlineData("/_gateway/logout", HttpStatusCode.OK)]
    [InlineData("/_gateway/session", HttpStatusCode.Unauthorized)]
    [InlineData("/_gateway/verify", HttpStatusCode.Unauthorized)]
    [InlineData("/_gateway/account", HttpStatusCode.Found)]
    [InlineData("/_gateway/nothing", HttpStatusCode.NotFound)]
    public async Task Page_WithoutItsBody_IsAnsweredLikeThePage(string path, HttpStatusCode status)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();

        using var head = await browser.SendAsync(browser.Navigation(HttpMethod.Head, path));
        using var page = await browser.GetAsync(path);

        Assert.Equal((status, status), (head.StatusCode, page.StatusCode));
        Assert.Equal(page.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Account_OfWhoIsSignedIn_IsAnsweredLikeThePage()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();

        using var head = await browser.SendAsync(browser.Navigation(HttpMethod.Head, "/_gateway/account"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }
}
