using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>A kept form is its sender's, in the browser that sent it, for some minutes.</summary>
public sealed class KeptFormOwnerTests(SharedRedis redis)
{
    private const string Other = "bob@example.org";

    [Fact]
    public async Task AnotherUser_OfTheSameBrowser_FindsItDropped()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        browser.Close();
        var page = await SendAsync(browser);

        using var bob = await browser.LoginAsync(Other, Stage.Password);
        using var answer = await browser.GetAsync(page);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        var html = await answer.TextAsync();
        Assert.Contains("another user of this browser", html, StringComparison.Ordinal);
        Assert.DoesNotContain("private words", html, StringComparison.Ordinal);
        using var ann = await browser.LoginAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.Gone, await browser.StatusAsync(page));
    }

    [Fact]
    public async Task FormOfABrowserInWhichNobodyHadLoggedIn_IsTheFirstOnesWhoOpensIt()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        var page = await SendAsync(browser);

        using var ann = await browser.LoginAsync(Stage.Email, Stage.Password);
        var button = await browser.ButtonAsync(page);
        using var bob = await browser.LoginAsync(Other, Stage.Password);
        using var pressed = await browser.PressAsync(button);

        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Empty(stage.Site.Requests);
        Assert.Equal(HttpStatusCode.Gone, await browser.StatusAsync(page));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task AnotherBrowser_WithTheAddressOfThePage_GetsNothing_AndTheFormStays(string? secret)
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        var page = await SendAsync(browser);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password);
        var button = await browser.ButtonAsync(page);
        using var elsewhere = await stage.LogInAsync();
        elsewhere.Cookies[FormVisits.Cookie] = secret;
        elsewhere.Cookies["gateway.csrf"] = browser.Cookies["gateway.csrf"];

        Assert.Equal(HttpStatusCode.Gone, await elsewhere.StatusAsync(page));
        using var pressed = await elsewhere.PressAsync(button);

        // Without the cookie the application gets what was sent, whatever it is: it is no form of this gateway then.
        Assert.DoesNotContain(stage.Site.Requests, request => request.BodyLength == Length);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(page));
    }

    [Fact]
    public async Task Button_SentByAnotherSite_OrWithoutItsToken_SendsNothing()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        var page = await SendAsync(browser);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password);
        var button = await browser.ButtonAsync(page);

        using var foreign = browser.Sending(button.Action, new FormUrlEncodedContent(button.Fields));
        foreign.Headers.Remove("Origin");
        foreign.Headers.Add("Origin", "https://evil.example");
        using var refused = await browser.SendAsync(foreign);
        using var bare = await browser.SubmitAsync(button.Action, button.Fields.Where(field => field.Key == "gateway-form"));
        using var elsewhere = await browser.SubmitAsync("/other", button.Fields);

        Assert.All([refused, bare, elsewhere], answer => Assert.Equal(page, answer.Headers.Location?.OriginalString));
        Assert.Empty(stage.Site.Requests);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Form_AfterTenMinutes_IsGone(bool inRedis)
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null, clock: clock);
        using var browser = stage.Gateway.NewBrowser();
        var page = await SendAsync(browser);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password);
        var button = await browser.ButtonAsync(page);

        clock.Advance(TimeSpan.FromMinutes(10));
        using var pressed = await browser.PressAsync(button);

        Assert.Equal(page, pressed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Gone, await browser.StatusAsync(page));
        Assert.Empty(stage.Site.Requests);
    }

    [Fact]
    public async Task Form_InRedis_CanBeReadByNobody_AndForgetsItself()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();
        var page = await SendAsync(browser);

        var key = Assert.Single(await keys.ListAsync("form:*"));

        Assert.Matches("^form:[0-9a-f]{64}$", key);
        Assert.DoesNotContain(page.Split('/')[^1], key, StringComparison.Ordinal);
        var value = await keys.GetAsync(key);
        Assert.DoesNotContain("private", value, StringComparison.Ordinal);
        Assert.DoesNotContain("/save", value, StringComparison.Ordinal);
        Assert.InRange(await keys.TtlAsync(key) ?? TimeSpan.Zero, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.Empty(stage.Gateway.Logs.Containing("private words"));
    }

    private static int Length => "text=private+words".Length;

    private static async Task<string> SendAsync(Browser browser) => await browser.SendTooLateAsync("/save", FormVisits.Fields(("text", "private words")));

    private async Task<Stage> StartAsync()
    {
        var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync(Other, Stage.Password, "43", "Bob");
        return stage;
    }
}
