using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

/// <summary>The failures of one address, to whatever accounts. The gateway believes its tests where they come from.</summary>
public sealed class AddressLimitTests(SharedRedis redis)
{
    private const string Here = "203.0.113.7";
    private const string Elsewhere = "203.0.113.8";

    [Fact]
    [Requirement("A01")]
    public async Task Address_AfterTooManyFailures_IsRefusedOnEveryNodeUntilTheWindowIsOver()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, ThreeFailures);
        var other = await stage.StartNodeAsync();
        await GuessAsync(stage.Gateway, Here, 3);

        foreach (var gateway in (TestGateway[])[stage.Gateway, other])
        {
            using var refused = await LoginAsync(gateway, Here, Stage.Email, Stage.Password);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, Elsewhere));
            var metrics = await Operations.Management.ManagementRequests.MetricsAsync(gateway);
            Assert.Equal(1, metrics.Samples["gateway_logins_total{result=\"address\"}"]);
        }

        Assert.DoesNotContain(await keys.ListAsync(), key => key.Contains(Here, StringComparison.Ordinal));
        // What Redis does when the time is over.
        await keys.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, Here));
    }

    [Fact]
    public async Task Address_CountedInTheProcess_IsRefusedUntilTheWindowIsOverHoweverOftenItTries()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, ThreeFailures, clock);
        await GuessAsync(stage.Gateway, Here, 1);
        clock.Advance(TimeSpan.FromMinutes(14));
        await GuessAsync(stage.Gateway, Here, 3);

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(stage.Gateway, Here));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stage.Gateway, Here));
    }

    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.6", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:fffe", true)]
    [InlineData("2001:db8:1:2::1", "2001:0DB8:0001:0002::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public async Task Addresses_AreCountedByNetwork(string one, string other, bool together)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        await GuessAsync(stage.Gateway, one, 3);

        Assert.Equal(together ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK, await StatusAsync(stage.Gateway, other));
    }

    [Fact]
    public async Task Guesses_InParallelFromOneAddress_DontExceedTheBudget()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => GuessAsync(stage.Gateway, Here, 1)));

        Assert.Equal(3, stage.Gateway.Logs.Of("LoginRefused").Count);
        Assert.Equal(27, stage.Gateway.Logs.Of("AddressRefused").Count);
    }

    [Fact]
    public async Task Address_IsNotCharged_ForRightPasswordsAndForLockedAccounts()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => ThreeFailures(settings).With("Gateway:Login:MaxFailures", "2"));
        for (var attempt = 0; attempt < 4; attempt++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(stage.Gateway, Here));
        for (var attempt = 0; attempt < 6; attempt++)
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stage.Gateway, Here, "nobody@example.org"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stage.Gateway, Here));
        await GuessAsync(stage.Gateway, Here, 1);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(stage.Gateway, Here));
    }

    [Fact]
    [Requirement("A04")]
    public async Task Refusal_OfAnAddress_IsTheSameForEveryAccountAndCountsAgainstNone()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        await GuessAsync(stage.Gateway, Here, 3);
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(stage.Gateway, Here));

        using var known = await LoginAsync(stage.Gateway, Here, Stage.Email, Stage.Password);
        using var unknown = await LoginAsync(stage.Gateway, Here, "nobody@example.org", "wrong");

        Assert.Equal("application/problem+json", known.Content.Headers.ContentType?.MediaType);
        var (one, other) = (await known.JsonAsync(), await unknown.JsonAsync());
        Assert.Equal(one.GetProperty("detail").GetString(), other.GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stage.Gateway, Elsewhere));
    }

    [Fact]
    public async Task Refusal_OfAForm_IsThePageWithTheFormOnIt()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        await GuessAsync(stage.Gateway, Here, 3);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=/page");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        using var request = browser.Navigation(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", Here);
        request.Content = new FormUrlEncodedContent([.. form.Fields, new("email", Stage.Email), new("password", Stage.Password)]);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var html = await answer.TextAsync();
        Assert.Contains("Too many failed logins came from your network. Please try again in 15 minutes.", html, StringComparison.Ordinal);
        Assert.Contains("name=\"returnUrl\" value=\"/page\"", html, StringComparison.Ordinal);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
    }

    [Theory]
    [InlineData("0", Here)]
    [InlineData("3", "127.0.0.1")]
    [InlineData("3", "::1")]
    public async Task Address_WithoutALimitOrOfThisMachine_IsNeverRefused(string limit, string address)
    {
        await using var stage = await Stage.StartAsync(
            redis.NewKeys(), settings => ThreeFailures(settings).With("Gateway:Login:MaxFailuresPerAddress", limit));
        await GuessAsync(stage.Gateway, address, 5);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stage.Gateway, address));
    }

    [Fact]
    public async Task KnownBrowser_AtARefusedAddress_LogsIn()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        using var browser = await stage.LogInAsync();
        await GuessAsync(stage.Gateway, Here, 3);

        using var answer = await LoginAsync(browser, Here, Stage.Email, Stage.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static GatewaySettings ThreeFailures(GatewaySettings settings) =>
        settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8").With("Gateway:Login:MaxFailuresPerAddress", "3");

    // Each at an account of its own.
    private static async Task GuessAsync(TestGateway gateway, string address, int guesses)
    {
        for (var guess = 0; guess < guesses; guess++)
            await StatusAsync(gateway, address, $"{Guid.NewGuid():N}@example.org");
    }

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string address, string email = Stage.Email)
    {
        using var answer = await LoginAsync(gateway, address, email, Stage.Password);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> LoginAsync(TestGateway gateway, string address, string email, string password)
    {
        using var browser = gateway.NewBrowser();
        return await LoginAsync(browser, address, email, password);
    }

    private static async Task<HttpResponseMessage> LoginAsync(Browser browser, string address, string email, string password)
    {
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = JsonContent.Create(new { email, password });
        return await browser.SendAsync(request);
    }
}
