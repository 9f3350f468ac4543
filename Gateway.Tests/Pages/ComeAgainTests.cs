using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Gateway.Pages.Languages;
using Gateway.Tests.Hosting;
using Gateway.Tests.SecondFactor;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Pages;

/// <summary>A person who has to come again later reads so on a page: in their language, with when, and with a number to ask for.</summary>
public sealed class ComeAgainTests
{
    private const string Network = "203.0.113.7";

    [Theory]
    [InlineData("/_gateway/login", "input[name=password]", "login.tooMany")]
    [InlineData("/_gateway/login/factor", "main input[name=code]", "login.tooMany")]
    [InlineData("/_gateway/reauthenticate", "input[name=password]", "login.tooMany")]
    [InlineData("/_gateway/account/factor", "#renew-code", "login.tooMany")]
    [InlineData("/_gateway/account/factor", "input[name=password]", "login.tooMany")]
    [InlineData("/_gateway/account/password", "input[name=current]", "account.tooMany")]
    public async Task Form_OfANetworkThatFailedTooOften_ComesBackWithAWait(string path, string field, string text)
    {
        await using var stage = await FactorStage.StartAsync(settings => settings
            .With("Gateway:TrustedProxies:0", "127.0.0.0/8")
            .With("Gateway:Login:MaxFailuresPerAddress", "1"));
        using var browser = path.Contains("/login", StringComparison.Ordinal) ? await stage.EnterPasswordAsync() : await stage.LogInAsync();
        browser.Cookies["gateway.known"] = null;
        using var page = await browser.GetAsync(path);
        var form = await HtmlForm.ReadAsync(page, field);
        await stage.Gateway.FailLoginsFromAsync(Network, times: 2);

        foreach (var language in TextCatalog.All)
        {
            using var request = From(browser.Navigation(HttpMethod.Post, form.Action), language);
            request.Headers.Add("X-Forwarded-For", Network);
            request.Headers.Add("Origin", browser.Origin);
            request.Content = new FormUrlEncodedContent([.. form.Fields, .. Typed(stage.App.Code())]);
            using var answer = await browser.SendAsync(request);

            using var shown = await AssertPageAsync(answer, HttpStatusCode.TooManyRequests, language);
            var wait = answer.Headers.RetryAfter!.Delta!.Value;
            Assert.Equal(language[text, language.Span(wait)], shown.QuerySelector(".notice.failure")!.TextContent);
            Assert.NotEmpty(stage.Gateway.Logs.Containing(Number(shown)));
        }
    }

    [Fact]
    public async Task Page_WhoseApplicationIsFull_AsksToComeAgain()
    {
        var isThere = new TaskCompletionSource();
        await using var stage = await Stage.StartAsync(
            keys: null,
            settings => settings.With("ReverseProxy:Clusters:site:Metadata:Gateway.MaxConcurrentRequests", "1"),
            map: site => site.MapGet("/hangs", async (CancellationToken gone) =>
            {
                isThere.SetResult();
                await Task.Delay(Timeout.Infinite, gone);
            }));
        using var browser = await stage.LogInAsync();
        using var other = await stage.LogInAsync();
        var hanging = other.FetchAsync("/hangs");
        await isThere.Task;

        await AssertAsksToComeAgainAsync(browser, "/page");
        Assert.False(hanging.IsCompleted);
    }

    [Fact]
    public async Task Page_WithoutAnApplication_AsksToComeAgain()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings
            .With("ReverseProxy:Routes:none:ClusterId", "none")
            .With("ReverseProxy:Routes:none:Match:Path", "/none")
            .With("ReverseProxy:Clusters:none:LoadBalancingPolicy", "Random"));
        using var browser = await stage.LogInAsync();

        await AssertAsksToComeAgainAsync(browser, "/none");
    }

    [Fact]
    public async Task Page_WhileRedisIsAway_AsksToComeAgain()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = stage.Gateway.NewBrowser();
        browser.Cookies[Stage.SessionCookie] = new string('A', 43);
        await server.StopAsync();

        await AssertAsksToComeAgainAsync(browser, "/page");
        await AssertAsksToComeAgainAsync(browser, "/_gateway/account");
    }

    [Fact]
    public async Task Page_WhileTheDatabaseIsAway_AsksToComeAgain()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        await stage.Gateway.InDatabaseAsync(database => database.Database.ExecuteSqlRawAsync(
            """ALTER TABLE "RememberedBrowsers" RENAME TO "Away" """, TestContext.Current.CancellationToken));

        await AssertAsksToComeAgainAsync(browser, "/page");
    }

    private static async Task AssertAsksToComeAgainAsync(Browser browser, string path)
    {
        foreach (var language in TextCatalog.All)
        {
            using var request = From(browser.Navigation(HttpMethod.Get, path), language);
            using var answer = await browser.SendAsync(request);

            using var shown = await AssertPageAsync(answer, HttpStatusCode.ServiceUnavailable, language);
            Assert.Equal(language["errors.503.title"], shown.QuerySelector("h1")!.TextContent);
            Assert.Equal(path, shown.QuerySelector("a.button")!.GetAttribute("href"));
        }
    }

    private static async Task<IHtmlDocument> AssertPageAsync(HttpResponseMessage answer, HttpStatusCode status, Texts language)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.Equal(language.Tag, Assert.Single(answer.Content.Headers.ContentLanguage));
        var page = new HtmlParser().ParseDocument(await answer.TextAsync());
        Assert.Equal($"{(int)status}", page.QuerySelector("dl.fine dd")!.TextContent);
        Assert.Matches("^[0-9A-Za-z:]+$", Number(page));
        return page;
    }

    private static string Number(IHtmlDocument page) => page.QuerySelector("dl.fine code")!.TextContent;

    private static HttpRequestMessage From(HttpRequestMessage request, Texts language)
    {
        request.Headers.AcceptLanguage.ParseAdd(language.Tag);
        return request;
    }

    // What each of the forms asks for.
    private static Dictionary<string, string> Typed(string code) => new(StringComparer.Ordinal)
    {
        ["email"] = Stage.Email,
        ["password"] = Stage.Password,
        ["code"] = code,
        ["current"] = Stage.Password,
        ["new"] = "velvet anchor tobacco",
        ["again"] = "velvet anchor tobacco",
    };
}
