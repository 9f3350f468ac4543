using System.Net;
using Gateway.Forwarding.WebSockets;
using Gateway.Tests.Hosting;
using Gateway.Tests.Operations.Management;
using Gateway.Tests.Sessions.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Forwarding;

/// <summary>An application that hangs takes no more than its share of the gateway.</summary>
public sealed class ConcurrencyTests
{
    private const int Most = 5, DestinationFull = 1405;

    private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int arrived;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HungApplication_IsAskedNoMoreAtItsLimitAndTheOthersDoNotNotice()
    {
        await using var hung = await StartHangingAsync();
        await using var healthy = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Limited(hung).WithRoute("healthy", "/healthy/{**path}", healthy.Address, "Anonymous"));
        using var browser = gateway.NewBrowser();
        var waiting = await FillAsync(browser, "/hung/wait");

        // More refusals than places: they take none.
        for (var count = 0; count < Most + 1; count++)
        {
            using var refused = await browser.FetchAsync("/hung/wait");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        }

        for (var count = 0; count < 20; count++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/healthy/page"));
        Assert.Equal(Most, arrived);
        Assert.Single(gateway.Logs.Of(DestinationFull));
        Assert.Equal(Most + 1, (await gateway.MetricsAsync()).Samples["gateway_destination_full_total"]);

        go.SetResult();
        foreach (var answer in await Task.WhenAll(waiting))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/hung/wait"));
    }

    [Fact]
    public async Task Destination_ThatHangs_LeavesTheRequestsToTheOthersOfItsCluster()
    {
        await using var hung = await StartHangingAsync();
        await using var healthy = await EchoSite.StartAsync();
        // A policy that looks for the least busy would leave it alone by itself.
        await using var gateway = await TestGateway.StartAsync(Limited(hung)
            .With("ReverseProxy:Clusters:hung:LoadBalancingPolicy", "RoundRobin")
            .With("ReverseProxy:Clusters:hung:Destinations:other:Address", healthy.Address.AbsoluteUri));
        using var browser = gateway.NewBrowser();
        List<Task<HttpResponseMessage>> waiting = [];
        await Eventually.TrueAsync(() =>
        {
            if (arrived < Most)
                waiting.Add(browser.FetchAsync("/hung/wait"));
            // The others were answered.
            return arrived == Most && waiting.Count(one => !one.IsCompleted) == Most;
        });

        for (var count = 0; count < 20; count++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/hung/page"));
        Assert.Equal(Most, arrived);
        go.SetResult();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Visitors_WhoLeave_GiveTheirPlacesBack()
    {
        await using var hung = await StartHangingAsync();
        await using var gateway = await TestGateway.StartAsync(Limited(hung));
        using (var impatient = gateway.NewBrowser())
            _ = await FillAsync(impatient, "/hung/wait");

        using var browser = gateway.NewBrowser();
        await Eventually.TrueAsync(async () => await StatusAsync(browser, "/hung/page") == HttpStatusCode.OK);
    }

    // As long as somebody looks at them; how many there are says nothing about how busy the application is.
    [Fact]
    public async Task Streams_TakeNoPlace()
    {
        await using var site = await StartHangingAsync();
        await using var gateway = await TestGateway.StartAsync(Limited(site));
        using var browser = gateway.NewBrowser();
        List<IDisposable> streams = [];
        for (var count = 0; count < Most; count++)
        {
            streams.Add(await OpenStream.SocketAsync(browser, "/hung/ws"));
            streams.Add(await browser.SendAsync(browser.Request(HttpMethod.Get, "/hung/events"), HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/hung/page"));
        streams.ForEach(stream => stream.Dispose());
        var sockets = gateway.Services.GetRequiredService<OpenSockets>();
        await Eventually.TrueAsync(() => sockets.Count == 0);

        // And the end of one gives nothing back a second time.
        _ = await FillAsync(browser, "/hung/wait");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(browser, "/hung/page"));
        go.SetResult();
    }

    [Fact]
    public async Task Application_ThatAcceptsAndNeverAnswers_IsGivenUpAfterTheActivityTimeout()
    {
        await using var hung = await StartHangingAsync();
        await using var gateway = await TestGateway.StartAsync(Limited(hung).With("ReverseProxy:Clusters:hung:HttpRequest:ActivityTimeout", "00:00:02"));
        using var browser = gateway.NewBrowser();

        var answers = await Task.WhenAll(await FillAsync(browser, "/hung/wait"));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/hung/page"));
    }

    [Fact]
    public async Task Limit_OfTheSettings_HoldsWhereAClusterSaysNothing()
    {
        await using var hung = await StartHangingAsync();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings()
            .WithRoute("hung", "/{**path}", hung.Address, "Anonymous")
            .With("Gateway:Forwarding:MaxConcurrentRequests", $"{Most}"));
        using var browser = gateway.NewBrowser();
        _ = await FillAsync(browser, "/wait");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(browser, "/page"));
        go.SetResult();
    }

    private static GatewaySettings Limited(EchoSite hung) => new GatewaySettings()
        .WithRoute("hung", "/hung/{**path}", hung.Address, "Anonymous")
        .With("ReverseProxy:Routes:hung:Transforms:0:PathRemovePrefix", "/hung")
        .With("ReverseProxy:Clusters:hung:Metadata:Gateway.MaxConcurrentRequests", $"{Most}");

    private Task<EchoSite> StartHangingAsync() => EchoSite.StartAsync(app => app.MapGet("/wait", async (HttpContext context) =>
    {
        Interlocked.Increment(ref arrived);
        await go.Task.WaitAsync(context.RequestAborted);
    }));

    private async Task<List<Task<HttpResponseMessage>>> FillAsync(Browser browser, string path)
    {
        var waiting = Enumerable.Range(0, Most).Select(_ => browser.FetchAsync(path)).ToList();
        await Eventually.TrueAsync(() => arrived == Most);
        return waiting;
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.FetchAsync(path).WaitAsync(Token);
        return answer.StatusCode;
    }
}
