using System.Net;
using AngleSharp.Html.Parser;
using Gateway.Pages.Languages;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Pages;

/// <summary>What a visitor reads when something went wrong; scripts get English JSON.</summary>
public sealed class ErrorPageTests
{
    internal static readonly int[] Statuses = [400, 403, 404, 405, 413, 429, 500, 502, 503, 504];

    [Theory]
    [InlineData("/x/%2e%2e/b", 400)]
    [InlineData("/edit/page", 403)]
    [InlineData("/_gateway/nothing", 404)]
    [InlineData("/away", 502)]
    [InlineData("/slow", 504)]
    public async Task Navigation_ThatFails_IsToldWhatToDoInTheVisitorsLanguage(string path, int status)
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();

        foreach (var language in TextCatalog.All)
        {
            using var request = browser.Navigation(HttpMethod.Get, path);
            request.Headers.AcceptLanguage.ParseAdd(language.Tag);
            using var answer = await browser.SendAsync(request);
            using var page = new HtmlParser().ParseDocument(await answer.TextAsync());

            Assert.Equal((HttpStatusCode)status, answer.StatusCode);
            Assert.Equal(language.Tag, Assert.Single(answer.Content.Headers.ContentLanguage));
            Assert.Equal(language[$"errors.{status}.title"], page.QuerySelector("h1")!.TextContent);
            Assert.Contains(language[$"errors.{status}.do"], page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Matches("^[0-9A-Za-z:]+$", page.QuerySelector("code")!.TextContent);
        }
    }

    [Fact]
    public async Task NumberOnThePage_StandsInTheLogOfTheConsole()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySettings().WithRoute("away", "/{**path}", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"), "Anonymous"));
        using var browser = gateway.NewBrowser();

        using var request = browser.Navigation(HttpMethod.Get, "/away");
        using var answer = await browser.SendAsync(request);

        using var page = new HtmlParser().ParseDocument(await answer.TextAsync());
        var number = page.QuerySelector("dl.fine code")!.TextContent;
        await Eventually.TrueAsync(() => gateway.Output.Contains(number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_ThatFails_ReadsEnglish()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsync();
        using var request = browser.Request(HttpMethod.Get, "/away");
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");

        using var answer = await browser.SendAsync(request);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("The site does not answer", (await answer.JsonAsync()).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("//evil.example/away")]
    [InlineData("/\\evil.example/away")]
    public async Task Page_OfAnAddressThatLeadsAway_HasNoLinkToIt(string path)
    {
        await using var gateway = await TestGateway.StartAsync(
            new GatewaySettings().WithRoute("away", "/{**path}", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"), "Anonymous"));
        using var browser = gateway.NewBrowser();

        using var answer = await browser.GetAsync(path);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("href=\"//", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/\\", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private static Task<Stage> StartAsync() => Stage.StartAsync(
        keys: null,
        settings => settings
            .WithRoute("away", "/away", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"))
            .With("ReverseProxy:Clusters:site:HttpRequest:ActivityTimeout", "00:00:00.5"),
        map: site => site.MapGet("/slow", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted)));
}
