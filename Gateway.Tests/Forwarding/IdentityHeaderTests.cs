using System.Text;
using System.Text.Json;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

public sealed class IdentityHeaderTests(Front front)
{
    [Theory]
    [InlineData("/page")]
    [InlineData("/staff")]
    [InlineData("/public/page")]
    public async Task Request_OfASession_TellsTheApplicationWhoItIs(string path)
    {
        var seen = (await front.GetAsync(path, front.Ann)).Seen!;

        Assert.Equal(["42"], seen.Values("X-User-Id"));
        Assert.Equal(["ann@example.org"], seen.Values("X-User-Email"));
        Assert.Equal(["editor,wiki"], seen.Values("X-User-Roles"));
        Assert.Equal(["Ånn Ωmega"], seen.Values("X-User-Name").Select(FromUtf8));
        Assert.Equal(["Ånn Ωmega <ann@example.org>, 42"], seen.Values("X-Display").Select(FromUtf8));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", Assert.Single(seen.Values("X-Session-Started")));
    }

    [Fact]
    public async Task Source_WithoutAValue_SendsNoHeader()
    {
        var seen = (await front.GetAsync("/page", front.Admin)).Seen!;

        Assert.Equal(["1"], seen.Values("X-User-Id"));
        Assert.Empty(seen.Values("X-User-Name"));
    }

    [Fact]
    public async Task Verify_OfASession_AnswersTheSameHeaders()
    {
        var response = (await front.GetAsync("/_gateway/verify", front.Ann, "X-User-Id: 1", "X-User_Email: forged")).Response;

        Assert.Equal(200, response.Status);
        Assert.Equal(["42"], response.Values("X-User-Id"));
        Assert.Equal(["ann@example.org"], response.Values("X-User-Email"));
        Assert.Equal(["Ånn Ωmega"], response.Values("X-User-Name").Select(FromUtf8));
    }

    [Fact]
    public async Task Verify_WithForgedIdentity_KnowsNobody()
    {
        var response = (await front.GetAsync("/_gateway/verify", "X-User-Id: 42", "X_User_Id: 42")).Response;

        Assert.Equal(401, response.Status);
        Assert.Empty(response.Values("X-User-Id"));
    }

    [Fact]
    public async Task Php_BehindTheGateway_SeesTheSessionsUserAlone()
    {
        await using var php = await PhpSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("site", "/{**rest}", php.Address)
            .With("Gateway:Identity:Headers:X-User-Name", "name"));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42", name: "Ånn Ωmega");
        var session = await gateway.SignInAsync("ann@example.org", "a long pass phrase");

        var response = await RawHttp.ExchangeAsync(gateway.BaseAddress,
            $"GET /page HTTP/1.1\r\nHost: x\r\n{session}; PHPSESSID=abc\r\nX_User_Id: 1\r\nx.user-id: 2\r\nX-User~Name: root\r\nX-User-Id: 3\r\n\r\n");

        using var seen = JsonDocument.Parse(response.Body);
        var server = seen.RootElement.GetProperty("server");
        Assert.Equal("42", server.GetProperty("HTTP_X_USER_ID").GetString());
        Assert.Equal("Ånn Ωmega", server.GetProperty("HTTP_X_USER_NAME").GetString());
        var cookie = Assert.Single(seen.RootElement.GetProperty("cookies").EnumerateObject());
        Assert.Equal(("PHPSESSID", "abc"), (cookie.Name, cookie.Value.GetString()));
    }

    private static string FromUtf8(string value) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));
}
