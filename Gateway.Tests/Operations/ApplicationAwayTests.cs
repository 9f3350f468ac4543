using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Operations;

/// <summary>What a visitor sees when the application does not answer.</summary>
public sealed class ApplicationAwayTests
{
    [Fact]
    [Requirement("P10")]
    public async Task Visit_WithTheApplicationDown_GetsAPageThatSaysWhatToDo()
    {
        await using var gateway = await StartAsync();
        using var browser = gateway.NewBrowser();

        using var answer = await browser.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("Please try again", page, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", page, StringComparison.Ordinal);
        Assert.Single(gateway.Logs.Of(1404));
    }

    [Fact]
    public async Task Script_WithTheApplicationDown_GetsAProblem()
    {
        await using var gateway = await StartAsync();
        using var browser = gateway.NewBrowser();

        using var answer = await browser.FetchAsync("/");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Application_ThatAnswers502Itself_KeepsItsOwnPage()
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/own", () => Results.Text("mine", statusCode: 502)));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**path}", site.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();

        using var answer = await browser.GetAsync("/own");

        Assert.Equal("mine", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(
        new GatewaySettings().WithRoute("site", "/{**path}", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/"), "Anonymous"));
}
