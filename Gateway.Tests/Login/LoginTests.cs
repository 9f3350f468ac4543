using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login;

public sealed class LoginTests(SharedRedis redis)
{
    [Fact]
    public async Task Login_WithTheForm_LeadsToThePageAskedForAsThisUser()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            new GatewaySettings().WithRedis(redis.NewKeys()).WithRoute("site", "/{**catch-all}", site.Address));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42");
        using var browser = gateway.NewBrowser();

        using var loggedIn = await browser.LoginAsync("ann@example.org", "a long pass phrase", returnUrl: "/page?a=1");
        using var page = await browser.GetAsync("/page?a=1");

        Assert.Equal(HttpStatusCode.SeeOther, loggedIn.StatusCode);
        Assert.Equal("/page?a=1", loggedIn.Headers.Location?.OriginalString);
        Assert.Equal("42", (await EchoedRequest.OfAsync(page)).Header("X-User-Id"));
    }
}
