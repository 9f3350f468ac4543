using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>What is not kept: more than there is room for, and what nobody typed here.</summary>
public sealed class KeptFormLimitTests(SharedRedis redis)
{
    private const string NotKept = "/save?a=1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_OverTheLimit_IsNotKept_AndItsVisitorIsTold(bool chunked)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:KeptForms:MaxSize", "1000"));
        using var browser = stage.Gateway.NewBrowser();

        Assert.Equal(NotKept + "&form=lost", await SendAsync(browser, 1001, chunked));
        using var login = await browser.GetAsync($"/_gateway/login?returnUrl={Uri.EscapeDataString(NotKept)}&form=lost");
        Assert.Contains("could not be kept", await login.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await keys.CountAsync("form:*"));

        Assert.StartsWith("/_gateway/form/", await SendAsync(browser, 1000, chunked), StringComparison.Ordinal);
        Assert.Equal(1, await keys.CountAsync("form:*"));
    }

    [Fact]
    public async Task Form_ThatItsRouteWouldRefuse_IsNotKept()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("ReverseProxy:Routes:site:MaxRequestBodySize", "500"));
        using var browser = stage.Gateway.NewBrowser();

        Assert.Equal(NotKept + "&form=lost", await SendAsync(browser, 501));
        Assert.StartsWith("/_gateway/form/", await SendAsync(browser, 500), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_OfOneAddress_AreKeptUpToANumber_AndThoseOfOthersStill()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(
            keys: null,
            settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:KeptForms:MaxPerAddress", "2").With("Gateway:KeptForms:KeepFor", "00:05:00"),
            clock);
        using var browser = stage.Gateway.NewBrowser();

        Assert.Equal([true, true, false, true], await KeptAsync(browser, "203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.8"));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([true], await KeptAsync(browser, "203.0.113.7"));
    }

    [Fact]
    public async Task Forms_OfAll_AreKeptUpToASize()
    {
        await using var stage = await Stage.StartAsync(
            keys: null, settings => settings.With("Gateway:KeptForms:MaxSize", "10000").With("Gateway:KeptForms:MaxTotal", "25000"));
        using var browser = stage.Gateway.NewBrowser();

        Assert.StartsWith("/_gateway/form/", await SendAsync(browser, 10000), StringComparison.Ordinal);
        Assert.StartsWith("/_gateway/form/", await SendAsync(browser, 10000), StringComparison.Ordinal);
        Assert.Equal(NotKept + "&form=lost", await SendAsync(browser, 10000));
    }

    // Whoever could have a form of their own choice kept would have the visitor asked to send it.
    [Theory]
    [Requirement("A17")]
    [InlineData("https://evil.example", "cross-site")]
    [InlineData("https://evil.example", null)]
    [InlineData("null", "cross-site")]
    [InlineData("null", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    [InlineData(null, null)]
    public async Task Form_ThatAnotherSiteSent_IsNotKept(string? origin, string? site)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Sending(NotKept, FormVisits.Fields(("a", "1")));
        request.Headers.Remove("Origin");
        request.Headers.Remove("Sec-Fetch-Site");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/_gateway/login?returnUrl=" + Uri.EscapeDataString(NotKept), answer.Headers.Location?.OriginalString);
        Assert.Null(browser.Cookies[FormVisits.Cookie]);
    }

    [Fact]
    public async Task Form_OfAPageThatTellsNobodyWhereItIs_IsKept()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Sending(NotKept, FormVisits.Fields(("a", "1")));
        request.Headers.Remove("Origin");
        request.Headers.Add("Origin", "null");

        using var answer = await browser.SendAsync(request);

        Assert.StartsWith("/_gateway/login?returnUrl=%2F_gateway%2Fform%2F", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_IsRefusedAsEver()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.FetchAsync(NotKept, HttpMethod.Post, FormVisits.Fields(("a", "1")));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(browser.Cookies[FormVisits.Cookie]);
    }

    [Fact]
    public async Task Form_WhereNoneIsToBeKept_IsNot()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:KeptForms:Enabled", "false"));
        using var browser = stage.Gateway.NewBrowser();

        Assert.Equal(NotKept, await SendAsync(browser, 10));
    }

    [Fact]
    public async Task Form_WhileRedisIsAway_IsNotKept_AndItsVisitorCanLogInLater()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        await server.StopAsync();

        Assert.Equal(NotKept + "&form=lost", await SendAsync(browser, 10));
    }

    // Loopback has no limit by number: nobody's address is everybody's.
    private static async Task<List<bool>> KeptAsync(Browser browser, params string[] addresses)
    {
        List<bool> kept = [];
        foreach (var address in addresses)
        {
            using var request = browser.Sending(NotKept, FormVisits.Fields(("a", "1")));
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await browser.SendAsync(request);
            kept.Add(answer.Headers.Location!.OriginalString.Contains("%2Fform%2F", StringComparison.Ordinal));
        }

        return kept;
    }

    private static async Task<string> SendAsync(Browser browser, int size, bool chunked = false)
    {
        using var content = FormVisits.Fields(("a", new string('x', size - 2)));
        using var request = browser.Sending(NotKept, content);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        using var answer = await browser.SendAsync(request);
        return Uri.UnescapeDataString(answer.Headers.Location!.OriginalString["/_gateway/login?returnUrl=".Length..]);
    }
}
