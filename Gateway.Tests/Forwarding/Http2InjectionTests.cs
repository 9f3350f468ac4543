using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

/// <summary>HTTP/2 carries bytes that would end a line in the HTTP/1.1 the application is spoken to.</summary>
public sealed class Http2InjectionTests
{
    [Theory]
    [Requirement("P01")]
    [InlineData("/a HTTP/1.1\r\nX-User-Id: 1\r\n\r\n", "", "")]
    [InlineData("/a\r\nX-User-Id: 1", "", "")]
    [InlineData("/a b", "", "")]
    [InlineData("/a?b c", "", "")]
    [InlineData("/a?\r\nX-User-Id: 1", "", "")]
    [InlineData("/a\n", "", "")]
    [InlineData("/a\0", "", "")]
    [InlineData("/../admin", "", "")]
    [InlineData("http://x/a", "", "")]
    [InlineData("*", "", "")]
    [InlineData("/a", "x-note", "y\r\nX-User-Id: 1")]
    [InlineData("/a", "x-note", "y\nX-User-Id: 1")]
    [InlineData("/a", "x-note\r\nx-user-id", "1")]
    [InlineData("/a", "x-note: z\r\nx-user-id", "1")]
    [InlineData("/a", "x-user-id: 1\r\nx", "1")]
    [InlineData("/a", "transfer-encoding", "chunked")]
    [InlineData("/a", "connection", "x-user-id")]
    [InlineData("/a", "content-length", "100")]
    [InlineData("/a", "cookie", "a=1\r\nX-User-Id: 1")]
    public async Task Field_ThatWouldEndALine_AddsNothingToTheRequest(string path, string name, string value)
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application);
        (string, string)[] fields = [.. Pseudo(path), .. name.Length > 0 ? new[] { (name, value) } : []];

        await RawHttp2.IsAnsweredAsync(gateway.BaseAddress, fields);

        Assert.DoesNotContain(application.Requests, request => request.Values("X-User-Id").Count > 0 || request.Target is not "/a");
        Assert.True(application.Requests.Count <= 1);
    }

    [Fact]
    public async Task Cookie_InCrumbs_IsJoinedAndLosesTheGatewaysOwn()
    {
        await using var application = RawDestination.Start();
        await using var gateway = await StartAsync(application);

        Assert.True(await RawHttp2.IsAnsweredAsync(gateway.BaseAddress,
            [.. Pseudo("/a"), ("cookie", "a=1"), ("cookie", "gateway.sid=x"), ("cookie", "b=2"), ("cookie", "gateway.auth=y; c=3")]));

        Assert.Equal(["a=1; b=2; c=3"], Assert.Single(application.Requests).Values("Cookie"));
    }

    private static (string, string)[] Pseudo(string path) => [(":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "x")];

    private static Task<TestGateway> StartAsync(RawDestination application) => TestGateway.StartAsync(new GatewaySettings()
        .WithRoute("site", "/{**rest}", application.Address, "Anonymous")
        .With("Kestrel:EndpointDefaults:Protocols", "Http2"));
}
