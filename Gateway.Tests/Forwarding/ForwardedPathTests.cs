using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class ForwardedPathTests(Front front)
{
    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%2fb")]
    [InlineData("/a%252Fb")]
    [InlineData("/a%252Fb/%61")]
    [InlineData("/x[1]")]
    [InlineData("/a+b%20c")]
    [InlineData("/a%")]
    [InlineData("/100%/x%4")]
    [InlineData("/%zz")]
    [InlineData("/%E9")]
    [InlineData("/%25E9")]
    [InlineData("/%c3%a9/%C3%A9")]
    [InlineData("/%f0%9f%98%80")]
    [InlineData("/~user/(a)!$&'*+,=:@")]
    [InlineData("/%7Euser/%41")]
    [InlineData("/a//b")]
    [InlineData("//a///")]
    [InlineData("/a;jsessionid=1/b;c")]
    [InlineData("/a:b")]
    [InlineData("/a|b^c`d{e}")]
    [InlineData("/a\"b<c>")]
    [InlineData("/...")]
    [InlineData("/a/.hidden")]
    [InlineData("/a\\b")]
    [InlineData("/a%5Cb")]
    [InlineData("/?")]
    [InlineData("/?q=%2F+%zz&[]=")]
    [InlineData("/p?q=a/../b//c\\d;e&&=&%")]
    [InlineData("/p?q=%00%0d%0a%E9?x?")]
    [InlineData("/p?returnUrl=http://x/&a=\"<>{}|^`")]
    public async Task Target_ThatIsPlain_ReachesTheApplicationByteForByte(string target)
    {
        var exchange = await front.GetAsync(target, front.Ann);

        Assert.Equal($"GET {target} HTTP/1.1", exchange.Seen?.StartLine);
    }

    [Theory]
    [Requirement("P04")]
    [InlineData("/a/../b")]
    [InlineData("/./a")]
    [InlineData("/a/..")]
    [InlineData("/%2e/a")]
    [InlineData("/a/%2E%2e/b")]
    [InlineData("/a/%252e%252e/b")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/..;x=1/b")]
    [InlineData("/a/..%3B/b")]
    [InlineData("/a%5c..%5cb")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a%2f..%2fb")]
    [InlineData("/a/.%00./b")]
    [InlineData("/a%00")]
    [InlineData("/a%2500")]
    [InlineData("/a%u002e%u002e/b")]
    [InlineData("/a%c0%ae%c0%ae/b")]
    [InlineData("/a%c0%afb")]
    [InlineData("/a%e0%80%afb")]
    [InlineData("/a#b")]
    [InlineData("/a?b#c")]
    [InlineData("/a\u0001b")]
    [InlineData("/a\u007fb")]
    [InlineData("/a\tb")]
    [InlineData("/a?\u0001")]
    [InlineData("/caf\u00e9")]
    [InlineData("/a?\u00e9")]
    public async Task Target_ThatIsAmbiguous_IsRefused(string target)
    {
        var exchange = await front.GetAsync(target, front.Ann);

        Assert.Equal(400, exchange.Status);
        Assert.Null(exchange.Seen);
    }

    [Theory]
    [InlineData("/a%2Fb?c=%20", "/a%2Fb?c=%20")]
    [InlineData("", "/")]
    [InlineData("?a=b", "/?a=b")]
    public async Task Target_InAbsoluteForm_ReachesTheApplicationAsItsPath(string target, string seen)
    {
        var exchange = await front.GetAsync($"http://{front.Address.Authority}{target}", front.Ann);

        Assert.Equal($"GET {seen} HTTP/1.1", exchange.Seen?.StartLine ?? exchange.Response.Text);
    }

    [Theory]
    [InlineData("\\public/admin/x")]
    [InlineData("\\admin")]
    [InlineData("/public/..\\admin")]
    [InlineData("/public%2f..%2fadmin")]
    [InlineData("#/admin")]
    public async Task Target_InAbsoluteFormOfTwoReadings_IsRefused(string rest)
    {
        var exchange = await front.GetAsync($"http://{front.Address.Authority}{rest}");

        Assert.Equal(400, exchange.Status);
        Assert.Null(exchange.Seen);
    }

    [Fact]
    public async Task Target_ThatNamesNoPath_IsRefused()
    {
        var exchange = await front.SendAsync("OPTIONS * HTTP/1.1", [front.Ann]);

        Assert.Equal(400, exchange.Status);
    }
}
