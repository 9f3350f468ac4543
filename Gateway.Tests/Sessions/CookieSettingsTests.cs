using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions;

public sealed class CookieSettingsTests(SharedRedis redis)
{
    [Fact]
    [Requirement("C02")]
    public async Task Cookies_WithSecure_BelongToThisHostAlone()
    {
        await using var stage = await StartAsync(("Secure", "true"));

        var lines = await LoginAsync(stage);

        Assert.Contains(lines, line => line.StartsWith("__host-gateway.sid=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("__host-gateway.auth=", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("; secure", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("; domain", line, StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("C02")]
    public async Task Cookies_WithADomain_HaveItAndNoPrefix()
    {
        await using var stage = await StartAsync(("Secure", "true"), ("Domain", "example.org"));

        var lines = await LoginAsync(stage);

        Assert.Contains(lines, line => line.StartsWith("gateway.sid=", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("; domain=example.org", line, StringComparison.Ordinal));
    }

    [Theory]
    [Requirement("C01")]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Cookies_ByDefault_AreSecureWhenTheVisitorCameByHttps(string scheme, bool secure)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.1"));

        var lines = await LoginAsync(stage, scheme);

        Assert.All(lines, line => Assert.Equal(secure, line.Contains("; secure", StringComparison.Ordinal)));
    }

    [Fact]
    [Requirement("C09")]
    public async Task Cookie_UnderAnEscapedName_IsNotOurs()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var owner = await stage.LogInAsync();
        using var browser = stage.Gateway.NewBrowser();
        browser.Cookies["gateway%2Esid"] = owner.Cookies[Stage.SessionCookie];

        Assert.Null(await browser.UserAtAsync());
    }

    private Task<Stage> StartAsync(params (string Key, string Value)[] cookies) => Stage.StartAsync(
        redis.NewKeys(),
        settings => cookies.Aggregate(settings, (all, cookie) => all.With($"Gateway:Cookies:{cookie.Key}", cookie.Value)));

    private static async Task<IReadOnlyList<string>> LoginAsync(Stage stage, string scheme = "http")
    {
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Content = new StringContent(
            $$"""{"email":"{{Stage.Email}}","password":"{{Stage.Password}}","remember":true}""", mediaType: new("application/json"));
        using var answer = await browser.SendAsync(request);
        Assert.Equal(3, browser.Cookies.Received.Count);
        return [.. browser.Cookies.Received.Select(line => line.ToLowerInvariant())];
    }
}
