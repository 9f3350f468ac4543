using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class ForwardedCookieTests(Front front)
{
    private string Id => front.Ann["Cookie: gateway.sid=".Length..];

    [Theory]
    [Requirement("C11")]
    [InlineData("a=1; b=2", "a=1; b=2")]
    [InlineData("a=1;b=2;  c = 3 ;;d", "a=1;b=2;  c = 3 ;;d")]
    [InlineData("a=1; a=1; A=2; a=", "a=1; a=1; A=2; a=")]
    [InlineData("a=\"x y\"; b=%20%3B; c=x,y=z", "a=\"x y\"; b=%20%3B; c=x,y=z")]
    [InlineData("latin=caf\u00e9\u00ff; broken=\u00c3\u0028", "latin=caf\u00e9\u00ff; broken=\u00c3\u0028")]
    [InlineData("$Version=1; a=1; $Path=/", "$Version=1; a=1; $Path=/")]
    public async Task Cookies_OfTheApplication_PassByteForByte(string sent, string seen)
    {
        Assert.Equal([seen], (await front.GetAsync("/public/x", $"Cookie: {sent}")).Seen!.Values("Cookie"));
        Assert.Equal([seen], (await front.GetAsync("/x", $"{front.Ann}; {sent}")).Seen!.Values("Cookie"));
        Assert.Equal([seen.TrimEnd(';')], (await front.GetAsync("/x", $"Cookie: {sent}; gateway.sid={Id}")).Seen!.Values("Cookie"));
    }

    [Theory]
    [Requirement("C11")]
    [InlineData("gateway.sid={id}")]
    [InlineData("gateway.auth=x; gateway.sid={id}; gateway.csrf=y; gateway.known=z")]
    [InlineData("__Host-gateway.sid=x; __Host-gateway.auth=x; __Host-gateway.csrf=y;gateway.sid={id}")]
    [InlineData("GATEWAY.SID={id}; gateway.sid={id}; __host-Gateway.Auth=x")]
    [InlineData(" gateway.sid={id} ;  gateway.auth;\tgateway.csrf =x")]
    [InlineData("gateway.sid=one; gateway.sid={id}")]
    public async Task Cookies_OfTheGateway_NeverReachTheApplication(string cookies)
    {
        var alone = await front.GetAsync("/public/x", $"Cookie: {cookies.Replace("{id}", Id, StringComparison.Ordinal)}");
        var among = await front.GetAsync("/public/x", $"Cookie: a=1; {cookies.Replace("{id}", Id, StringComparison.Ordinal)};b=2");

        Assert.Empty(alone.Seen!.Values("Cookie"));
        Assert.Equal(["a=1;b=2"], among.Seen!.Values("Cookie"));
        Assert.Equal(["42"], among.Seen.Values("X-User-Id"));
    }

    // However the server parts the header: what it took for the session must not go on.
    [Fact]
    [Requirement("C11")]
    public async Task Header_ThatOpensASession_NeverReachesTheApplicationWithItsId()
    {
        string[] pieces = ["; ", "; ", "; ", ";", ",", " ", "\t", "\"", "=", "a=1", "b", "$Version=1", "gateway.sid", "gateway.sid=x", "\u00a0", "\u00ff", "%3b", "\\"];
        string[] names = ["gateway.sid", "gateway.sid", "GATEWAY.sid", "gateway.sid ", "\"gateway.sid\""];
        var random = new Random(1);
        var opened = 0;
        for (var round = 0; round < 400; round++)
        {
            var (before, after) = (random.GetItems(pieces, random.Next(4)), random.GetItems(pieces, random.Next(4)));
            var cookie = string.Concat([.. before, names[random.Next(names.Length)], "=", Id, .. after]);
            var seen = (await front.GetAsync("/public/x", $"Cookie: {cookie}")).Seen!;
            if (seen.Values("X-User-Id").Count == 0)
                continue;
            opened++;
            Assert.DoesNotContain(Id, seen.Text, StringComparison.Ordinal);
        }

        Assert.InRange(opened, 50, 400);
    }

    [Fact]
    public async Task Cookies_OnSeveralLines_BecomeOneLine()
    {
        var plain = await front.GetAsync("/public/x", "Cookie: a=1", "Cookie: b=2; c=3");
        var mixed = await front.GetAsync("/x", "Cookie: a=1", front.Ann, "Cookie: b=2; gateway.auth=x; c=3");

        Assert.Equal(["a=1; b=2; c=3"], plain.Seen!.Values("Cookie"));
        Assert.Equal(["a=1; b=2; c=3"], mixed.Seen!.Values("Cookie"));
    }

    [Theory]
    [Requirement("C09")]
    [InlineData("%67ateway.sid={id}")]
    [InlineData("gateway%2Esid={id}")]
    [InlineData("gateway_sid={id}")]
    [InlineData("a=1,gateway.sid={id}")]
    [InlineData("a=\"1, gateway.sid={id}\"")]
    public async Task Cookie_OfAnyOtherName_OpensNoSession(string cookie) =>
        Assert.Equal(401, (await front.GetAsync("/x", $"Cookie: {cookie.Replace("{id}", Id, StringComparison.Ordinal)}")).Status);

    [Theory]
    [Requirement("C09")]
    [InlineData("true", "__Host-%67ateway.sid")]
    [InlineData("true", "%5F%5FHost-gateway.sid")]
    [InlineData("true", "gateway.sid")]
    public async Task SecureCookie_UnderAnotherName_OpensNoSession(string secure, string name)
    {
        await using var application = RawDestination.Start(Exchange.Answer);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", application.Address).With("Gateway:Cookies:Secure", secure));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase");
        using var browser = gateway.NewBrowser();
        using var response = await browser.LoginJsonAsync("ann@example.org", "a long pass phrase");
        var id = browser.Cookies["__Host-gateway.sid"];

        Assert.NotNull(id);
        Assert.Equal(200, (await AskAsync($"__Host-gateway.sid={id}")).Status);
        Assert.Equal(401, (await AskAsync($"{name}={id}")).Status);
        Assert.All(application.Requests, request => Assert.Empty(request.Values("Cookie")));

        Task<RawMessage> AskAsync(string cookie) =>
            RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET /x HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
    }
}
