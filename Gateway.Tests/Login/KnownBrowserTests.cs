using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

/// <summary>A browser that has logged in before is not locked out by strangers.</summary>
public sealed class KnownBrowserTests(SharedRedis redis)
{
    private const string Known = "gateway.known";

    [Theory]
    [Requirement("A03")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KnownBrowser_LogsInToAnAccountThatStrangersLocked(bool afterLogout)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        var other = await stage.StartNodeAsync();
        using var browser = await stage.LogInAsync();
        if (afterLogout)
            (await browser.LogoutAsync()).Dispose();
        await FailAsync(stage.Gateway, 10);
        using var stranger = other.NewBrowser();

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stranger, Stage.Password));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser.At(other.BaseAddress), Stage.Password));
        // And doesn't open the door for them.
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stranger, Stage.Password));
    }

    [Fact]
    public async Task KnownBrowser_AfterTooManyFailuresOfItsOwn_IsAStranger()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        using var browser = await stage.LogInAsync();
        for (var attempt = 0; attempt < 3; attempt++)
            await TryAsync(browser, "wrong");
        await FailAsync(stage.Gateway, 2);

        // A stranger who has one guess left,
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, "wrong"));
        // and then none.
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, Stage.Password));
        var reasons = stage.Gateway.Logs.Of("LoginRefused");
        Assert.Equal(6, reasons.Count(entry => entry.Text.Contains("unknown, wrong or disabled", StringComparison.Ordinal)));
        Assert.Single(reasons, entry => entry.Text.Contains("locked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KnownBrowser_ThatUsedUpItsBudgetAndLogsIn_HasANewOne()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        using var browser = await stage.LogInAsync();
        var before = browser.Cookies[Known];
        for (var attempt = 0; attempt < 3; attempt++)
            await TryAsync(browser, "wrong");

        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, Stage.Password));

        Assert.NotEqual(before, browser.Cookies[Known]);
        await FailAsync(stage.Gateway, 3);
        Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, Stage.Password));
    }

    [Fact]
    public async Task KnownBrowser_OfAnotherAccount_IsAStranger()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password);
        using var browser = stage.Gateway.NewBrowser();
        using var bob = await browser.LoginJsonAsync("bob@example.org", Stage.Password);
        await FailAsync(stage.Gateway, 3);

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, Stage.Password));
    }

    [Fact]
    public async Task Cookie_WithAnyPartChanged_IsAStrangersAndNoFailure()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        using var owner = await stage.LogInAsync(remember: true);
        var right = owner.Cookies[Known]!;
        await FailAsync(stage.Gateway, 3);

        foreach (var wrong in (string[])
        [
            "", "x", "%", right[1..], right[..^1], right + "A", right + right,
            $"{right[..40]}AAAA{right[44..]}", owner.Cookies[Stage.RememberCookie]!, owner.Cookies[Stage.SessionCookie]!,
        ])
        {
            using var browser = stage.Gateway.NewBrowser();
            browser.Cookies[Known] = wrong;
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, Stage.Password));
        }
    }

    [Fact]
    [Requirement("A16", "C08")]
    public async Task Cookie_AuthenticatesNobody()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var owner = await stage.LogInAsync();
        using var browser = stage.Gateway.NewBrowser();

        foreach (var name in (string[])[Known, Stage.SessionCookie, Stage.RememberCookie])
        {
            browser.Cookies[name] = owner.Cookies[Known];
            Assert.Null(await browser.UserAtAsync());
        }
    }

    [Fact]
    public async Task Cookie_IsSetOnceAndAsTheOthersAre()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var first = await browser.LoginAsync(Stage.Email, Stage.Password);
        using var second = await browser.LoginAsync(Stage.Email, Stage.Password);

        var cookie = Assert.Single(first.SetCookies(Known)).ToLowerInvariant();
        Assert.Contains("; max-age=34560000", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Empty(second.SetCookies(Known));
    }

    private static GatewaySettings ThreeFailures(GatewaySettings settings) => settings.With("Gateway:Login:MaxFailures", "3");

    private static async Task FailAsync(TestGateway gateway, int attempts)
    {
        using var browser = gateway.NewBrowser();
        for (var attempt = 0; attempt < attempts; attempt++)
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, "wrong"));
    }

    private static async Task<HttpStatusCode> TryAsync(Browser browser, string password)
    {
        using var answer = await browser.LoginJsonAsync(Stage.Email, password);
        return answer.StatusCode;
    }
}
