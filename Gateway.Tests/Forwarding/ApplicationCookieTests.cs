using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class ApplicationCookieTests
{
    private static readonly string[] Forged =
    [
        "gateway.sid=x", "gateway.sid=x; Path=/admin; Domain=example.org", "GATEWAY.SID=x", "  gateway.sid =x", "gateway.auth=x; Max-Age=9",
        "gateway.csrf=x", "gateway.known=x", "gateway.form=x", "__Host-gateway.sid=x; Secure; Path=/", "__HOST-Gateway.Auth=x", "=gateway.sid=x", " = gateway.sid=x", "==gateway.auth=x",
        "gateway.sid", "gateway.sid\t=x", "gateway.sid;", "gateway.sid=; Max-Age=0",
    ];

    private static readonly string[] Kept =
    [
        "a=1", "a=1", "A=2; path=/;HttpOnly", "b=\"x, y\"; Expires=Wed, 21 Oct 2037 07:28:00 GMT", "caf\u00e9=\u00ff\u00c3(", "odd  =  x ;; x",
        "gateway=1", "gateway.sid2=1", "my-gateway.sid=1", "c=gateway.sid=x", "novalue", "d=1,gateway.sid=x",
    ];

    [Fact]
    [Requirement("C12")]
    public async Task SetCookie_WithANameOfTheGateway_IsDroppedAndOthersPassByteForByte()
    {
        await using var application = RawDestination.Start(_ => RawDestination.Ok("ok", SetCookies([.. Mixed()])));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address, "Anonymous"));

        var response = await RawHttp.ExchangeAsync(gateway.BaseAddress, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal(SetCookies(Kept), response.HeaderLines.Where(IsSetCookie));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("ResponseHeadersAllowed", "Content-Length")]
    [InlineData("ResponseHeaderRemove", "Set-Cookie")]
    public async Task SetCookie_OnARestoredRequest_StandsBesideTheGatewaysOwn(string transform, string value)
    {
        await using var application = RawDestination.Start(_ => RawDestination.Ok("ok", ["Cache-Control: public, max-age=60", .. SetCookies([.. Mixed()])]));
        var settings = new GatewaySettings().WithRoute("site", "/{**rest}", application.Address);
        if (transform.Length > 0)
            settings.With($"ReverseProxy:Routes:site:Transforms:0:{transform}", value);
        await using var gateway = await TestGateway.StartAsync(settings);
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase");
        using var browser = gateway.NewBrowser();
        using var login = await browser.LoginJsonAsync("ann@example.org", "a long pass phrase", remember: true);
        var remembered = browser.Cookies["gateway.auth"];

        var response = await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET / HTTP/1.1\r\nHost: x\r\nCookie: gateway.auth={remembered}\r\n\r\n");

        var lines = response.HeaderLines.Where(IsSetCookie).ToList();
        var own = lines.TakeWhile(line => line.Contains("gateway.", StringComparison.Ordinal)).ToList();
        Assert.Contains(own, line => line.StartsWith("Set-Cookie: gateway.sid=", StringComparison.Ordinal));
        Assert.DoesNotContain(own, line => SetCookies(Forged).Contains(line, StringComparer.Ordinal));
        Assert.Equal(transform.Length > 0 ? [] : SetCookies(Kept), lines.Skip(own.Count));
        Assert.Contains("no-store", Assert.Single(response.Values("Cache-Control")), StringComparison.Ordinal);
        Assert.All(application.Requests, request => Assert.Empty(request.Values("Cookie")));
    }

    private static IEnumerable<string> Mixed() => Forged.SelectMany((forged, index) => index < Kept.Length ? [forged, Kept[index]] : new[] { forged });

    private static string[] SetCookies(string[] cookies) => [.. cookies.Select(cookie => $"Set-Cookie: {cookie}")];

    private static bool IsSetCookie(string line) => line.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase);
}
