using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

/// <summary>What a visitor without a session gets: the login page for a navigation, 401 for everything else.</summary>
public sealed class StrangerTests(Front front)
{
    private const string Page = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
    private const string Data = "Accept: application/json";
    private const string Navigate = "Sec-Fetch-Mode: navigate";
    private const string Document = "Sec-Fetch-Dest: document";

    public static TheoryData<string, int, string[]> Requests() => new()
    {
        { "GET", 302, [Page] },
        { "HEAD", 302, [Page] },
        { "POST", 303, [Page] },
        { "GET", 302, [Page, Navigate, Document] },
        { "GET", 302, [Data, Navigate, Document] },
        { "GET", 302, [Navigate] },
        { "GET", 302, [Document] },
        { "GET", 302, [Navigate, "Sec-Fetch-Dest: iframe"] },
        { "POST", 303, [Page, Navigate, Document] },
        { "GET", 401, [] },
        { "GET", 401, ["Accept: */*"] },
        { "GET", 401, [Data] },
        { "PUT", 401, [Page] },
        { "DELETE", 401, [Page] },
        { "OPTIONS", 401, [Page] },
        { "PROPFIND", 401, ["Accept: text/html"] },
        { "GET", 401, [Page, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"] },
        { "GET", 401, [Page, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"] },
        { "GET", 401, [Page, "Sec-Fetch-Mode: same-origin"] },
        { "GET", 401, [Page, "Sec-Fetch-Mode: websocket", "Sec-Fetch-Dest: websocket"] },
        { "GET", 401, [Page, "Sec-Fetch-Dest: script"] },
        { "GET", 401, [Page, "X-Requested-With: XMLHttpRequest"] },
        { "GET", 401, [Page, Navigate, Document, "x-requested-with: xmlhttprequest"] },
        { "POST", 401, [Data, "Content-Type: application/json"] },
        { "GET", 401, [Page, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="] },
    };

    [Theory]
    [Requirement("R04")]
    [MemberData(nameof(Requests))]
    public async Task Request_WithoutASession_IsAnsweredByItsKind(string method, int status, string[] headers)
    {
        var exchange = await AskAsync(method, "/deep/link?a=b", headers);

        Assert.Equal(status, exchange.Status);
        Assert.Null(exchange.Seen);
        if (status == 401)
            Assert.StartsWith("application/problem+json", Assert.Single(exchange.Response.Values("Content-Type")), StringComparison.Ordinal);
        else
            Assert.Equal(["/_gateway/login?returnUrl=%2Fdeep%2Flink%3Fa%3Db"], exchange.Response.Values("Location"));
    }

    [Theory]
    [Requirement("R02", "R03")]
    [InlineData("/a%2Fb/%41+c?q=%2F+%zz&[]=%20&x=%C3%A9")]
    [InlineData("/x;y=1//z?next=/a&b=https://example.org/%23")]
    [InlineData("/a?")]
    [InlineData("/a\"b<c>|^`{}?\"<>|^`{}\\'")]
    [InlineData("/%E9?%0d%0aX:y")]
    public async Task Location_LeadsBackToTheExactPathAndQuery(string target)
    {
        var location = Assert.Single((await AskAsync("GET", target, [Page])).Response.Values("Location"));

        Assert.Equal(target, Uri.UnescapeDataString(location["/_gateway/login?returnUrl=".Length..]));
        Assert.True(location.All(character => char.IsAsciiLetterOrDigit(character) || "/_-.~?=%".Contains(character, StringComparison.Ordinal)), location);
    }

    [Theory]
    [InlineData(Page, "text/html")]
    [InlineData(Data, "application/problem+json")]
    public async Task Visitor_WithoutTheRole_GetsAPageOrAProblem(string accept, string type)
    {
        var response = (await front.GetAsync("/admin/x", front.Ann, accept)).Response;

        Assert.Equal(403, response.Status);
        Assert.StartsWith(type, Assert.Single(response.Values("Content-Type")), StringComparison.Ordinal);
        Assert.Empty(response.Values("Location"));
    }

    private async Task<Exchange> AskAsync(string method, string target, string[] headers)
    {
        using var connection = await RawHttp.ConnectAsync(front.Address);
        var body = method is "POST" or "PUT" ? "Content-Length: 0\r\n" : "";
        var lines = string.Concat(headers.Select(header => header + "\r\n"));
        await connection.SendAsync($"{method} {target} HTTP/1.1\r\nHost: {front.Address.Authority}\r\n{body}{lines}\r\n");
        return await Exchange.OfAsync((await connection.ResponseAsync(toHead: method == "HEAD"))!);
    }
}
