using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Operations;

/// <summary>What operators write, and mean.</summary>
public sealed class AcceptedSettingsTests(SharedRedis redis)
{
    [Fact]
    public async Task Zero_WithoutAUnit_IsNoTimeAtAll()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:Session:CacheFor", "0"));

        using var browser = await stage.LogInAsync();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Theory]
    [InlineData("/_gateway/login")]
    [InlineData("/_gateway/logout")]
    public async Task Page_OfSecureCookiesWhoseTlsEndsInFront_IsShown(string path)
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:Cookies:Secure", "true"));
        using var browser = stage.Gateway.NewBrowser();

        using var page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"), line => line.StartsWith("__Host-gateway.csrf=", StringComparison.Ordinal));
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
    }
}
