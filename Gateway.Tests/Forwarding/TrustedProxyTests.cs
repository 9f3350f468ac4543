using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class TrustedProxyTests
{
    private const string Claims =
        "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: www.example.org\r\nX-Forwarded-Prefix: /evil\r\n";

    [Fact]
    public async Task Forwarded_FromAnyone_IsReplacedByWhatTheGatewaySaw()
    {
        var seen = await AskAsync(trusted: null, Claims);

        Assert.Equal(["127.0.0.1"], seen.Values("X-Forwarded-For"));
        Assert.Equal(["http"], seen.Values("X-Forwarded-Proto"));
        Assert.Equal(["gateway.test"], seen.Values("X-Forwarded-Host"));
        Assert.Empty(seen.Values("X-Forwarded-Prefix"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Forwarded_FromATrustedProxy_IsBelieved(string trusted)
    {
        var seen = await AskAsync(trusted, Claims);

        Assert.Equal(["203.0.113.7"], seen.Values("X-Forwarded-For"));
        Assert.Equal(["https"], seen.Values("X-Forwarded-Proto"));
        Assert.Equal(["www.example.org"], seen.Values("X-Forwarded-Host"));
    }

    [Fact]
    public async Task Forwarded_FromATrustedProxy_IsBelievedAsFarAsItsChainIsTrusted()
    {
        var seen = await AskAsync("127.0.0.0/8", "X-Forwarded-For: 198.51.100.1, 203.0.113.7, 127.0.0.9\r\n");

        Assert.Equal(["203.0.113.7"], seen.Values("X-Forwarded-For"));
    }

    [Fact]
    public async Task Forwarded_FromAProxyThatIsNotTrusted_IsReplaced()
    {
        var seen = await AskAsync("192.0.2.1", Claims);

        Assert.Equal(["127.0.0.1"], seen.Values("X-Forwarded-For"));
        Assert.Equal(["http"], seen.Values("X-Forwarded-Proto"));
        Assert.Equal(["gateway.test"], seen.Values("X-Forwarded-Host"));
    }

    [Theory]
    [InlineData("X_Forwarded_For: 1.2.3.4")]
    [InlineData("x.forwarded-proto: https")]
    [InlineData("X_FORWARDED-HOST: evil.example")]
    [InlineData("X-Forwarded_Prefix: /evil")]
    [InlineData("Forwarded: for=1.2.3.4;proto=https")]
    [InlineData("X-Original-URL: /admin")]
    [InlineData("X_Original_Url: /admin")]
    [InlineData("X-Rewrite-URL: /admin")]
    [InlineData("Proxy: http://evil.example/")]
    public async Task Header_ThatWouldContradictTheGateway_NeverReachesTheApplication(string header)
    {
        var seen = await AskAsync(trusted: "127.0.0.1", header + "\r\n");

        Assert.DoesNotContain(header, seen.HeaderLines);
    }

    // Secure is the sign that the gateway took the visitor's scheme from the proxy.
    [Theory]
    [Requirement("C01")]
    [InlineData("127.0.0.1", true)]
    [InlineData(null, false)]
    public async Task Cookie_BehindAProxyThatEndsTls_IsSecure(string? trusted, bool secure)
    {
        var settings = new GatewaySettings();
        if (trusted is not null)
            settings.With("Gateway:TrustedProxies:0", trusted);
        await using var gateway = await TestGateway.StartAsync(settings);

        var page = await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET /_gateway/login HTTP/1.1\r\nHost: gateway.test\r\n{Claims}\r\n");

        Assert.Equal(secure, Assert.Single(page.Values("Set-Cookie")).Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<RawMessage> AskAsync(string? trusted, string headers)
    {
        await using var application = RawDestination.Start();
        var settings = new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous");
        if (trusted is not null)
            settings.With("Gateway:TrustedProxies:0", trusted);
        await using var gateway = await TestGateway.StartAsync(settings);

        await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET / HTTP/1.1\r\nHost: gateway.test\r\n{headers}\r\n");

        return Assert.Single(application.Requests);
    }
}
