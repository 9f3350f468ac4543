using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Hosting;

public sealed class BrowserTests
{
    private const string LoginPage = """
        <form method="post" action="/_gateway/login?x=1">
          <input type="hidden" name="token" value="a&amp;b"><input type="hidden" name="returnUrl" value="/deep">
          <input name="email"><input type="password" name="password"><button>Go</button>
        </form>
        """;

    [Fact]
    public async Task It_navigates_with_a_browser_s_metadata_and_an_untouched_path()
    {
        await using var site = await EchoSite.StartAsync();
        using var browser = new Browser(site.Address);

        using var response = await browser.GetAsync("/a/../%2e/b%2fc?d=%41");

        var echoed = await EchoedRequest.OfAsync(response);
        Assert.Equal("/a/../%2e/b%2fc?d=%41", echoed.Target);
        Assert.Equal("navigate", echoed.Header("Sec-Fetch-Mode"));
        Assert.StartsWith("text/html", echoed.Header("Accept"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_signs_in_through_the_form_of_the_page()
    {
        await using var site = await EchoSite.StartAsync(MapLogin);
        using var browser = new Browser(site.Address);

        using var response = await browser.LoginAsync("ann@example.org", "pass word&", remember: true);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/deep", response.Headers.Location?.OriginalString);
        Assert.Equal("ann@example.org|pass word&|true|a&b", Uri.UnescapeDataString(browser.Cookies["form"]!));
    }

    [Fact]
    public async Task It_sends_its_cookies_back_and_closes_like_a_browser()
    {
        await using var site = await EchoSite.StartAsync(MapLogin);
        using var browser = new Browser(site.Address);
        using var signedIn = await browser.LoginAsync("ann@example.org", "secret");
        using var stolen = new Browser(site.Address, browser.Cookies.Copy());

        browser.Close();

        using var mine = await browser.GetAsync("/page");
        using var replayed = await stolen.GetAsync("/page");
        Assert.Null((await EchoedRequest.OfAsync(mine)).Header("Cookie"));
        Assert.StartsWith("form=ann", (await EchoedRequest.OfAsync(replayed)).Header("Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_follows_redirects_only_when_it_visits()
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/from", () => Results.Redirect("/to?x=%2F")));
        using var browser = new Browser(site.Address);

        using var first = await browser.GetAsync("/from");
        using var last = await browser.VisitAsync("/from");

        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal("/to?x=%2F", (await EchoedRequest.OfAsync(last)).Target);
    }

    [Theory]
    [InlineData("here", "/folder/here")]
    [InlineData("../up?q", "/up?q")]
    public async Task It_resolves_relative_redirects(string location, string path)
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/folder/from", () => Results.Redirect(location)));
        using var browser = new Browser(site.Address);

        using var page = await browser.VisitAsync("/folder/from");

        Assert.Equal(path, (await EchoedRequest.OfAsync(page)).Target);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    public async Task It_does_not_leave_the_site(string location)
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/from", () => Results.Redirect(location)));
        using var browser = new Browser(site.Address);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => browser.VisitAsync("/from"));

        Assert.Contains("evil.example", error.Message, StringComparison.Ordinal);
    }

    private static void MapLogin(WebApplication app)
    {
        app.MapGet("/_gateway/login", () => Results.Content(LoginPage, "text/html"));
        app.MapPost("/_gateway/login", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            context.Response.Cookies.Append("form", $"{form["email"]}|{form["password"]}|{form["remember"]}|{form["token"]}");
            context.Response.Headers.Location = form["returnUrl"];
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
        });
    }
}
