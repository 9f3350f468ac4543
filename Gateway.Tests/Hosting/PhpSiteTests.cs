using System.Text.Json;

namespace Gateway.Tests.Hosting;

public sealed class PhpSiteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sees_headers_as_PHP_does()
    {
        await using var site = await PhpSite.StartAsync();
        using var browser = new Browser(site.Address);
        using var request = browser.Navigation(HttpMethod.Get, "/some/page?a=b");
        request.Headers.Add("X-User-Id", "42");

        using var response = await browser.SendAsync(request);

        using var seen = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        var server = seen.RootElement.GetProperty("server");
        Assert.Equal("42", server.GetProperty("HTTP_X_USER_ID").GetString());
        Assert.Equal("/some/page?a=b", server.GetProperty("REQUEST_URI").GetString());
    }

    [Fact]
    public async Task It_keeps_a_session_of_its_own()
    {
        await using var site = await PhpSite.StartAsync();
        using var browser = new Browser(site.Address);
        using var stranger = new Browser(site.Address);

        using var kept = await browser.SubmitAsync("/note.php", [new("note", "remember the milk")]);
        using var page = await browser.VisitAsync("/note.php");
        using var other = await stranger.VisitAsync("/note.php");

        Assert.NotNull(browser.Cookies["PHPSESSID"]);
        Assert.Contains("remember the milk", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("remember the milk", await other.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_an_upload()
    {
        await using var site = await PhpSite.StartAsync();
        using var client = new HttpClient();
        using var form = new MultipartFormDataContent { { new StreamContent(new PatternStream(100_000)), "file", "big.bin" } };
        var (_, expected) = await EchoedRequest.DigestAsync(new PatternStream(100_000), Cancel);

        using var response = await client.PostAsync(new Uri(site.Address, "/upload.php"), form, Cancel);

        using var taken = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(100_000, taken.RootElement.GetProperty("size").GetInt32());
        Assert.Equal(expected, taken.RootElement.GetProperty("sha256").GetString());
    }
}
