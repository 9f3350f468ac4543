using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class ForgedIdentityTests(Front front)
{
    // What RFC 9110 section 5.6.2 allows in a header name beside letters and digits.
    private const string Separators = "!#$%&'*+.^_`|~";

    public static TheoryData<string> Spellings() =>
    [
        "X-User-Id", "x-user-id", "X-USER-ID", "x-UsEr-iD", "X-User-Name", "x_user_email", "X-Display", "X.Session~Started", "X_USER-ROLES",
        .. Separators.Select(separator => $"X{separator}User{separator}Id"),
        .. Separators.Select(separator => $"X-User{separator}Id"),
    ];

    [Theory]
    [Requirement("P02")]
    [MemberData(nameof(Spellings))]
    public async Task Header_ForgedByAStranger_NeverReachesAPublicRoute(string name)
    {
        var seen = (await front.GetAsync("/public/page", $"{name}: forged", "X-Other: kept", $"{name}: forged again")).Seen!;

        Assert.DoesNotContain("forged", seen.Text, StringComparison.Ordinal);
        Assert.Equal(["kept"], seen.Values("X-Other"));
    }

    [Theory]
    [Requirement("P01")]
    [MemberData(nameof(Spellings))]
    public async Task Header_ForgedByAVisitor_GivesWayToTheSessionsUser(string name)
    {
        var seen = (await front.GetAsync("/page", $"{name}: forged", front.Ann, $"{name}: forged again")).Seen!;

        Assert.DoesNotContain("forged", seen.Text, StringComparison.Ordinal);
        Assert.Equal(["42"], seen.Values("X-User-Id"));
    }

    [Fact]
    public async Task Header_WithAnotherName_Passes()
    {
        string[] others = ["X-User-Ids: a", "XUser-Id: b", "X--User-Id: c", "X-User: d", "User-Id: e", "X-User-Id-: f"];

        var seen = (await front.GetAsync("/public/page", others)).Seen!;

        Assert.Superset(others.ToHashSet(StringComparer.Ordinal), seen.HeaderLines.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [Requirement("P01")]
    [InlineData("X-User-Id")]
    [InlineData("close, X-User-Id")]
    [InlineData("keep-alive, x-user-id, X-User-Email")]
    public async Task Header_NamedInConnection_StillReachesTheApplication(string connection)
    {
        var seen = (await front.GetAsync("/page", front.Ann, $"Connection: {connection}", "X-User-Id: 1")).Seen!;

        Assert.Equal(["42"], seen.Values("X-User-Id"));
        Assert.DoesNotContain(seen.Values("Connection"), value => value.Contains("user", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [Requirement("P01")]
    [InlineData("/page", 1)]
    [InlineData("/public/page", 0)]
    public async Task Trailer_WithForgedIdentity_NeverReachesTheApplication(string path, int identities)
    {
        string[] headers = ["Transfer-Encoding: chunked", "Trailer: X-User-Id", .. identities == 1 ? new[] { front.Ann } : []];

        var seen = (await front.SendAsync($"POST {path} HTTP/1.1", headers, "3\r\nabc\r\n0\r\nX-User-Id: forged\r\nX_User_Id: forged\r\n\r\n")).Seen!;

        Assert.Equal("abc", seen.BodyText);
        Assert.Equal(identities, seen.Values("X-User-Id").Count);
        Assert.DoesNotContain("forged", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("P01")]
    public async Task Application_ThatFoldsNames_SeesOneIdentity()
    {
        await using var folding = new FoldingDestination();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("open", "/open", folding.Address, "Anonymous").WithRoute("site", "/{**rest}", folding.Address));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase", id: "42");
        var session = await gateway.SignInAsync("ann@example.org", "a long pass phrase");
        var forged = string.Concat(Spellings().Select(name => $"{name.Data}: forged\r\n"));

        await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET / HTTP/1.1\r\nHost: x\r\n{forged}{session}\r\n\r\n");
        await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET /open HTTP/1.1\r\nHost: x\r\n{forged}\r\n");

        Assert.Equal("42", folding.Requests[0].Joined["HTTP_X_USER_ID"]);
        Assert.False(folding.Requests[1].Joined.ContainsKey("HTTP_X_USER_ID"));
    }

    // Nothing but the session cookie says who somebody is.
    [Theory]
    [Requirement("A16")]
    [InlineData("/page?userId=42&X-User-Id=42", "X-User-Id: 42")]
    [InlineData("/page", "Authorization: Basic YW5uQGV4YW1wbGUub3JnOmEgbG9uZyBwYXNzIHBocmFzZQ==")]
    [InlineData("/page", "Authorization: Bearer 42")]
    [InlineData("/page", "Remote-User: 42")]
    public async Task Request_WithoutASession_IsNobodys(string target, string header) =>
        Assert.Equal(401, (await front.GetAsync(target, header)).Status);
}
