using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

public sealed class SessionFixationTests(SharedRedis redis)
{
    [Theory]
    [Requirement("S02")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Login_InASession_BeginsANewOneAndEndsTheOld(bool byForm)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        await stage.Gateway.AddUserAsync("bob@example.org", "another long phrase", "43");
        using var browser = await stage.LogInAsync();
        var oldId = browser.Cookies[Stage.SessionCookie];
        var oldKey = Assert.Single(await keys.ListAsync("session:*"));

        using var answer = byForm
            ? await browser.LoginAsync("bob@example.org", "another long phrase")
            : await browser.LoginJsonAsync("bob@example.org", "another long phrase");

        Assert.NotEqual(oldId, browser.Cookies[Stage.SessionCookie]);
        Assert.False(await keys.ExistsAsync(oldKey));
        Assert.Single(await keys.ListAsync("session:*"));
        Assert.Equal("43", await browser.UserAtAsync());
        browser.Cookies[Stage.SessionCookie] = oldId;
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("S02")]
    public async Task Login_WithAnIdThatSomebodyElseChose_TakesAnother()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();
        var planted = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        browser.Cookies[Stage.SessionCookie] = planted;

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password);

        Assert.NotEqual(planted, browser.Cookies[Stage.SessionCookie]);
        Assert.Single(await keys.ListAsync("session:*"));
        browser.Cookies[Stage.SessionCookie] = planted;
        Assert.Null(await browser.UserAtAsync());
    }
}
