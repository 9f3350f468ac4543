using System.Net;
using System.Net.WebSockets;
using Gateway.Forwarding;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Operations.Drain;

/// <summary>A gateway that is asked to end lets everybody finish.</summary>
public sealed class DrainTests
{
    private const int Requests = 200;
    private const int Sockets = 50;

    private readonly TaskCompletionSource answering = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drain_WithRequestsAndWebSocketsUnderWay_FinishesThemAll()
    {
        await using var site = await EchoSite.StartAsync(MapSlowPage);
        await using var gateway = await GatewayProcess.StartAsync(Settings(site).With("Gateway:Drain:Delay", "00:00:02"));
        using var browser = gateway.NewBrowser();
        var requests = Enumerable.Range(0, Requests).Select(_ => browser.GetAsync("/slow")).ToList();
        var sockets = await Task.WhenAll(Enumerable.Range(0, Sockets).Select(_ => OpenAsync(gateway)));
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == Requests);

        var ending = gateway.StopAsync();
        await Eventually.TrueAsync(async () => await ReadyAsync(gateway) == HttpStatusCode.ServiceUnavailable);
        using var late = await browser.GetAsync("/page");
        var closed = await Task.WhenAll(sockets.Select(ReadCloseAsync));
        answering.SetResult();
        var answers = await Task.WhenAll(requests);

        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.All(closed, status => Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(0, await ending);
    }

    [Fact]
    public async Task Drain_TakesNewRequestsUntilTheDelayIsOver()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await GatewayProcess.StartInForegroundAsync(Settings(site).With("Gateway:Drain:Delay", "00:05:00"));
        using var browser = gateway.NewBrowser();

        await gateway.SignalAsync("TERM");
        await Eventually.TrueAsync(async () => await ReadyAsync(gateway) == HttpStatusCode.ServiceUnavailable);
        for (var count = 0; count < 20; count++)
        {
            using var late = await browser.GetAsync("/page");
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
            // So that a proxy in front keeps no connection that is about to be cut.
            Assert.True(late.Headers.ConnectionClose);
        }

        // Nobody wants to wait for the rest of it.
        Assert.Equal(0, await gateway.StopAsync("INT"));
    }

    [Fact]
    public async Task Drain_WithARequestThatNeverEnds_CutsItWhenTheTimeIsOver()
    {
        await using var site = await EchoSite.StartAsync(MapSlowPage);
        await using var gateway = await GatewayProcess.StartAsync(Settings(site).With("Gateway:Drain:Timeout", "00:00:01"));
        using var browser = gateway.NewBrowser();
        var request = browser.GetAsync("/slow");
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == 1);
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal(0, await gateway.StopAsync());

        // Without the setting it would be the host's own 30 seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
        answering.SetResult();
    }

    [Fact]
    public async Task Drain_WithAnEventStream_DoesNotWaitForIt()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync(Settings(site).With("Gateway:Drain:Timeout", "00:05:00"));
        using var browser = gateway.NewBrowser();
        using var stream = await browser.SendAsync(browser.Request(HttpMethod.Get, "/events"), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task EventStream_ThatBeginsDuringTheDrain_IsCutAtOnce()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Settings(site));
        using var browser = gateway.NewBrowser();
        Assert.Equal(0, gateway.Services.GetRequiredService<EventStreams>().CloseAll());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => browser.GetAsync("/events"));
    }

    [Fact]
    public async Task Interrupt_FromTheKeyboard_WaitsForNoBalancer()
    {
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await GatewayProcess.StartInForegroundAsync(Settings(site).With("Gateway:Drain:Delay", "00:05:00"));

        Assert.Equal(0, await gateway.StopAsync("INT"));
    }

    [Fact]
    public async Task Interrupt_FromTheKeyboard_Twice_WaitsForNobody()
    {
        await using var site = await EchoSite.StartAsync(MapSlowPage);
        await using var gateway = await GatewayProcess.StartInForegroundAsync(Settings(site).With("Gateway:Drain:Timeout", "00:10:00"));
        using var browser = gateway.NewBrowser();
        var request = browser.GetAsync("/slow");
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == 1);
        await gateway.SignalAsync("INT");
        await Eventually.TrueAsync(() => gateway.Output.Contains("other requests may end by themselves", StringComparison.Ordinal));
        Assert.False(request.IsCompleted);

        Assert.Equal(130, await gateway.StopAsync("INT"));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
        answering.SetResult();
    }

    private static GatewaySettings Settings(EchoSite site) => new GatewaySettings().WithRoute("site", "/{**path}", site.Address, "Anonymous");

    private void MapSlowPage(WebApplication site) => site.Map("/slow", async (HttpContext context) =>
    {
        Interlocked.Increment(ref waiting);
        await answering.Task.WaitAsync(context.RequestAborted);
        return "done";
    });

    private static async Task<HttpStatusCode> ReadyAsync(GatewayProcess gateway)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(gateway.ManagementAddress, "/health/ready"), Token);
        return answer.StatusCode;
    }

    private static async Task<ClientWebSocket> OpenAsync(GatewayProcess gateway)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(gateway.BaseAddress) { Scheme = "ws", Path = "/ws" }.Uri, Token);
        return socket;
    }

    private static async Task<WebSocketCloseStatus?> ReadCloseAsync(ClientWebSocket socket)
    {
        using var _ = socket;
        using var limit = Deadline.Start();
        await socket.ReceiveAsync(new byte[1].AsMemory(), limit.Token);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        return socket.CloseStatus;
    }
}
