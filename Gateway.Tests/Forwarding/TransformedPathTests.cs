using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

public sealed class TransformedPathTests
{
    [Theory]
    [InlineData("/api/a%2Fb/%41+x[1]?q=%2F+%zz", "/a%2Fb/%41+x[1]?q=%2F+%zz")]
    [InlineData("/api/a%252Fb", "/a%252Fb")]
    [InlineData("/api/%E9/%25E9;v=1//x", "/%E9/%25E9;v=1//x")]
    [InlineData("/api/", "/")]
    [InlineData("/api", "/")]
    [InlineData("/API/%c3%a9", "/%c3%a9")]
    public Task PathRemovePrefix_LeavesTheRestAsSent(string sent, string seen) => CheckAsync(sent, seen, ("PathRemovePrefix", "/api"));

    [Theory]
    [InlineData("/a%2Fb/%41?x=%20", "/app/v1(2)/a%2Fb/%41?x=%20")]
    [InlineData("/a%252Fb/", "/app/v1(2)/a%252Fb/")]
    [InlineData("/", "/app/v1(2)/")]
    public Task PathPrefix_LeavesTheRestAsSent(string sent, string seen) => CheckAsync(sent, seen, ("PathPrefix", "/app/v1(2)"));

    [Theory]
    [InlineData("/old/%61b/%41[x]", "/new/%61b/%41[x]/page")]
    [InlineData("/old/%2561/+%20", "/new/%2561/+%20/page")]
    [InlineData("/old/%E9/b%25", "/new/%E9/b%25/page")]
    public Task PathPattern_LeavesTheValuesAsSent(string sent, string seen) =>
        CheckAsync(sent, seen, ("PathPattern", "/new/{one}/{two}/page"), match: "/old/{one}/{two}");

    [Fact]
    public Task PathPattern_LeavesTheRestAsSent() =>
        CheckAsync("/old/a%2Fb/%41/x?y=%7e", "/new/a%2Fb/%41/x?y=%7e", ("PathPattern", "/new/{**rest}"), match: "/old/{**rest}");

    [Theory]
    [InlineData("/a%2Fb?x=%20+[]", "/only/this%2Fone?x=%20+[]")]
    public Task PathSet_LeavesTheQueryAsSent(string sent, string seen) => CheckAsync(sent, seen, ("PathSet", "/only/this%2Fone"));

    [Theory]
    [InlineData("/a?q=%2F+%zz&[]=&q=2", "/a?q=%2F+%zz&[]=&q=2&added=a%26b%20c")]
    [InlineData("/a%2Fb", "/a%2Fb?added=a%26b%20c")]
    [InlineData("/a?added=1&x=%E9&added=2", "/a?x=%E9&added=a%26b%20c")]
    [InlineData("/a?&&=&x&", "/a?=&x&added=a%26b%20c")]
    public Task QueryParameter_WhenSet_LeavesTheOthersAsSent(string sent, string seen) =>
        CheckAsync(sent, seen, ("QueryValueParameter", "added"), ("Set", "a&b c"));

    [Theory]
    [InlineData("/a?added=%31&x=%E9", "/a?added=%31&x=%E9&added=2")]
    public Task QueryParameter_WhenAppended_LeavesTheOthersAsSent(string sent, string seen) =>
        CheckAsync(sent, seen, ("QueryValueParameter", "added"), ("Append", "2"));

    [Theory]
    [InlineData("/a?x=%7e&%67one=1&y=+&gone", "/a?x=%7e&y=+")]
    [InlineData("/a?gone=1", "/a")]
    public Task QueryParameter_WhenRemoved_LeavesTheOthersAsSent(string sent, string seen) =>
        CheckAsync(sent, seen, ("QueryRemoveParameter", "gone"));

    [Fact]
    public Task Header_SetByATransform_PretendsNoIdentity() =>
        CheckAsync("/a", "/a", ("RequestHeader", "X_User_Id"), ("Set", "1"));

    private static Task CheckAsync(string sent, string seen, (string Key, string Value) transform, string match) =>
        CheckAsync(sent, seen, [transform], match);

    private static Task CheckAsync(string sent, string seen, params (string Key, string Value)[] transform) =>
        CheckAsync(sent, seen, transform, "/{**rest}");

    private static async Task CheckAsync(string sent, string seen, (string Key, string Value)[] transform, string match)
    {
        await using var application = RawDestination.Start(Exchange.Answer);
        var settings = new GatewaySettings().WithRoute("site", match, application.Address, "Anonymous");
        foreach (var (key, value) in transform)
            settings.With($"ReverseProxy:Routes:site:Transforms:0:{key}", value);
        await using var gateway = await TestGateway.StartAsync(settings);

        var response = await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET {sent} HTTP/1.1\r\nHost: x\r\nX-User-Id: 1\r\n\r\n");

        var exchange = await Exchange.OfAsync(response);
        Assert.Equal(seen, exchange.Seen?.Target ?? response.Text);
        Assert.DoesNotContain(exchange.Seen!.Headers, header => header.Name.StartsWith("X_User", StringComparison.OrdinalIgnoreCase));
    }
}
