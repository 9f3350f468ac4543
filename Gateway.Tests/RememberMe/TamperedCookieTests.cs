using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.RememberMe;

/// <summary>Cookies that are almost right, and right cookies in the wrong place.</summary>
public sealed class TamperedCookieTests(SharedRedis redis)
{
    [Theory]
    [Requirement("C07", "S14")]
    [InlineData(Stage.SessionCookie)]
    [InlineData(Stage.RememberCookie)]
    public async Task Cookie_WithAnyByteChanged_IsNobodyAndNoFailure(string name)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var owner = await stage.LogInAsync(remember: true);
        var right = owner.Cookies[name]!;
        using var browser = stage.Gateway.NewBrowser();

        for (var position = 0; position < right.Length; position++)
        {
            foreach (var other in (char[])[right[position] == 'A' ? 'B' : 'A', right[position] == 'z' ? 'y' : 'z', '%', '='])
            {
                browser.Cookies[name] = $"{right[..position]}{other}{right[(position + 1)..]}";
                Assert.Null(await browser.UserAtAsync());
            }
        }

        browser.Cookies[name] = right;
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("C10")]
    public async Task Cookie_CutShortOrMadeLonger_IsNobodyAndNoFailure()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var owner = await stage.LogInAsync(remember: true);
        using var browser = stage.Gateway.NewBrowser();

        foreach (var name in (string[])[Stage.SessionCookie, Stage.RememberCookie])
        {
            var right = owner.Cookies[name]!;
            foreach (var wrong in (string[])[right[1..], right[..^1], right[..10], right + "A", right + right, "\"" + right, right + ".x", right[..20] + " " + right[20..]])
            {
                browser.Cookies[name] = wrong;
                Assert.Null(await browser.UserAtAsync());
            }

            browser.Cookies[name] = null;
        }
    }

    [Fact]
    [Requirement("C08")]
    public async Task Cookies_InEachOthersPlace_AreNobody()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var owner = await stage.LogInAsync(remember: true);
        using var page = await owner.GetAsync("/_gateway/login");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        var antiforgery = form.Fields.Values.First(value => value.StartsWith("CfDJ8", StringComparison.Ordinal));
        using var browser = stage.Gateway.NewBrowser();

        foreach (var (session, remembering) in ((string?, string?)[])
        [
            (owner.Cookies[Stage.RememberCookie], null),
            (null, owner.Cookies[Stage.SessionCookie]),
            (owner.Cookies[Stage.RememberCookie], owner.Cookies[Stage.SessionCookie]),
            (antiforgery, antiforgery),
            (null, owner.Cookies["gateway.csrf"]),
        ])
        {
            browser.Cookies[Stage.SessionCookie] = session;
            browser.Cookies[Stage.RememberCookie] = remembering;
            Assert.Null(await browser.UserAtAsync());
        }
    }

    [Fact]
    [Requirement("S15")]
    public async Task Cookies_OfTwoUsers_AreNeverMixed()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43", name: null, "editor");
        using var ann = await stage.LogInAsync();
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password, remember: true);
        using var both = stage.Gateway.NewBrowser();
        both.Cookies[Stage.SessionCookie] = ann.Cookies[Stage.SessionCookie];
        both.Cookies[Stage.RememberCookie] = bob.Cookies[Stage.RememberCookie];

        using var page = await both.GetAsync("/page");

        var echoed = await EchoedRequest.OfAsync(page);
        Assert.Equal(Stage.UserId, echoed.Header("X-User-Id"));
        Assert.Equal("reader", echoed.Header("X-Roles"));
        await keys.DeleteAllAsync();
        using var restored = await both.GetAsync("/page");
        echoed = await EchoedRequest.OfAsync(restored);
        Assert.Equal("43", echoed.Header("X-User-Id"));
        Assert.Equal("editor", echoed.Header("X-Roles"));
    }
}
