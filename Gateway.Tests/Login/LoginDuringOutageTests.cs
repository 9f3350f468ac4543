using System.Net;
using AngleSharp.Html.Parser;
using Gateway.Tests.Hosting;
using Gateway.Tests.Sessions.Outage;

namespace Gateway.Tests.Login;

/// <summary>The gateway's own pages while Redis is away.</summary>
public sealed class LoginDuringOutageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheForm_KeepsWhatWasTypedButThePassword(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login?returnUrl=%2Fthere");
        var received = browser.Cookies.Received.Count;
        await server.FailAsync(frozen);

        using var answer = await browser.LoginAsync("ann@example.com", "what I typed", remember: true, returnUrl: "/there?a=1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(received, browser.Cookies.Received.Count);
        var text = await answer.TextAsync();
        using var document = new HtmlParser().ParseDocument(text);
        Assert.Equal("ann@example.com", document.QuerySelector("input[name=email]")!.GetAttribute("value"));
        Assert.Equal("/there?a=1", document.QuerySelector("input[name=returnUrl]")!.GetAttribute("value"));
        Assert.True(document.QuerySelector("input[name=remember]")!.HasAttribute("checked"));
        Assert.NotNull(document.QuerySelector("[role=alert]"));
        Assert.DoesNotContain("what I typed", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheForm_SentAgainWhenRedisIsBack_LogsIn(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        await server.FailAsync(frozen);
        using var refused = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
        var form = await HtmlForm.ReadAsync(refused, "input[name=password]");
        form.Fields["email"] = Stage.Email;
        form.Fields["password"] = Stage.Password;

        await server.RecoverAsync(frozen);

        await Eventually.TrueAsync(
            async () => (await browser.SubmitAsync(form.Action, form.Fields)).StatusCode == HttpStatusCode.SeeOther, OutageStage.Recovery);
        await browser.AssertServedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AScript_IsToldWhenToTryAgain(bool frozen)
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        var cookies = browser.Cookies.All;
        await server.FailAsync(frozen);

        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(cookies, browser.Cookies.All);
    }

    [Fact]
    public async Task TheOtherPages_SayWhatCanBeSaid()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var known = await stage.LogInKnownAsync();
        using var elsewhere = known.At((await stage.StartNodeAsync()).BaseAddress);
        using var stranger = stage.Gateway.NewBrowser();
        await server.StopAsync();

        foreach (var path in (string[])["/_gateway/session", "/_gateway/verify"])
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(known, path));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(elsewhere, path));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, path));
        }

        foreach (var browser in (Browser[])[known, elsewhere, stranger])
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/_gateway/login"));
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.FetchAsync(path);
        return answer.StatusCode;
    }
}
