using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Security;

/// <summary>The headers of what the gateway answers itself, whatever the answer is.</summary>
public sealed class OwnPageTests
{
    private static readonly string[] OwnAnswers =
        ["/_gateway/login", "/_gateway/logout", "/_gateway/session", "/_gateway/verify", "/_gateway/account", "/_gateway/nothing", "/edit/page", "/away", "/x/%2e%2e/b"];

    [Fact]
    [Requirement("P08", "P09")]
    public async Task OwnAnswer_AllowsNothingThatItDoesNotNeed()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();

        foreach (var path in OwnAnswers)
        {
            using var answer = await browser.GetAsync(path);
            Assert.True(answer.Headers.TryGetValues("Content-Security-Policy", out var policies), path);
            var policy = Assert.Single(policies);
            Assert.All(
                ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
                directive => Assert.Contains(directive, policy, StringComparison.Ordinal));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), path);
        }
    }

    [Theory]
    [Requirement("P09")]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task OwnAnswer_OverTls_AsksForTlsFromThenOn(string scheme, bool asks)
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Navigation(HttpMethod.Get, "/_gateway/login");
        request.Headers.Add("X-Forwarded-Proto", scheme);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(asks, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    [Requirement("P09")]
    public async Task ApplicationsAnswer_KeepsItsOwnHeaders()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();

        using var answer = await browser.GetAsync("/page");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Content-Security-Policy") || answer.Headers.Contains("Referrer-Policy"));
    }

    [Fact]
    [Requirement("A12")]
    public async Task LoginPage_LetsAPasswordManagerDoItsWork()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();

        using var page = await browser.GetAsync("/_gateway/login");
        var html = await page.TextAsync();

        Assert.Matches("<input[^>]*name=\"email\"[^>]*autocomplete=\"username webauthn\"|<input[^>]*autocomplete=\"username webauthn\"[^>]*name=\"email\"", html);
        Assert.Matches("<input[^>]*type=\"password\"[^>]*autocomplete=\"current-password\"", html);
        Assert.DoesNotContain("onpaste", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Requirement("P10")]
    public async Task Failure_IsANumberToAskFor_AndNothingFromInside()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();

        using var page = await browser.GetAsync("/away");
        using var problem = await browser.FetchAsync("/away");

        var id = (await problem.JsonAsync()).GetProperty("requestId").GetString()!;
        Assert.NotEmpty(id);
        Assert.Matches("<code>[0-9A-Za-z:]+</code>", await page.TextAsync());
        foreach (var text in (string[])[await page.TextAsync(), await problem.TextAsync()])
            Assert.DoesNotMatch("127\\.0\\.0\\.1|localhost|Exception|   at |/home|/root|/work|\\.cs:", text);
    }

    private static Task<Stage> StartAsync() => Stage.StartAsync(keys: null, settings => settings
        .WithRoute("away", "/away", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"))
        .With("Gateway:TrustedProxies:0", "127.0.0.1"));
}
