using Gateway.Forwarding.WebSockets;
using Gateway.Sessions;
using Gateway.Tests.Forwarding.WebSockets;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Sessions.Live;

/// <summary>What a session holds open ends with its time, and only what is used extends that time.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly TestClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("P07")]
    public async Task Events_EndAfterTheIdleTimeoutHoweverManyThereAre()
    {
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync();
        using var events = await OpenStream.EventsAsync(browser, stage.Site);
        clock.Advance(TimeSpan.FromSeconds(28));
        await stage.Site.Events.WriteAsync("late", Token);
        Assert.Equal("data: late", await events.NextAsync());

        clock.Advance(TimeSpan.FromSeconds(4));

        await events.Ended.WaitAsync(Promised, Token);
    }

    [Fact]
    public async Task Socket_WithTraffic_OutlivesTheIdleTimeoutAndASilentOneDoesNot()
    {
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var talker = await stage.LogInAsync();
        using var talking = await OpenStream.SocketAsync(talker);
        using var listener = await stage.LogInAsync();
        using var silent = await OpenStream.SocketAsync(listener);

        for (var passed = 0; passed < 60; passed += 10)
        {
            var before = await LatestEndAsync(stage);
            Assert.Equal("busy", await talking.EchoAsync("busy"));
            clock.Advance(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(async () => await LatestEndAsync(stage) > before);
        }

        await silent.Ended.WaitAsync(Promised, Token);
        Assert.Equal("still here", await talking.EchoAsync("still here"));
    }

    // Server libraries send pings, and browsers answer them, for as long as a forgotten tab is open.
    [Fact]
    public async Task Socket_WithNothingButPingsAndPongs_EndsAtTheIdleTimeout()
    {
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var browser = await stage.LogInAsync();
        using var client = await RawHttp.ConnectAsync(stage.Gateway.BaseAddress);
        await client.SendAsync($"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r\nCookie: {browser.Cookies.HeaderFor("/ws")}\r\n\r\n");
        Assert.Equal(101, (await client.ResponseAsync())?.Status);

        for (var passed = 0; passed < 30; passed += 10)
        {
            await client.SendAsync(Frame.Of(Frame.Ping, 0, masked: true));
            Assert.Equal(Frame.Of(Frame.Pong, 0), await client.BytesAsync(2));
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((1008, "session over"), Frame.ReadClose(await client.BytesAsync(SocketClose.SessionOver.ToClient().Length)));
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("events")]
    public async Task Stream_OfARouteThatExtendsNothing_EndsAtTheIdleTimeout(string kind)
    {
        await using var stage = await Stage.StartAsync(
            keys: null, settings => Short(settings).With("ReverseProxy:Routes:site:Metadata:Gateway.ExtendsSession", "false"), clock);
        using var browser = await stage.LogInAsync();
        using var stream = kind == "socket" ? await OpenStream.SocketAsync(browser) : await OpenStream.EventsAsync(browser, stage.Site);
        clock.Advance(TimeSpan.FromSeconds(28));
        if (kind == "socket")
            Assert.Equal("busy", await stream.EchoAsync("busy"));

        clock.Advance(TimeSpan.FromSeconds(4));

        await stream.Ended.WaitAsync(Promised, Token);
    }

    [Fact]
    public async Task Socket_HoweverBusy_EndsAtTheAbsoluteTimeout()
    {
        await using var stage = await Stage.StartAsync(
            keys: null, settings => Short(settings).With("Gateway:Session:AbsoluteTimeout", "00:00:40"), clock);
        using var browser = await stage.LogInAsync();
        using var socket = await OpenStream.SocketAsync(browser);
        clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.TrueAsync(async () => await LatestEndAsync(stage) > clock.GetUtcNow() + TimeSpan.FromSeconds(11));
        Assert.Equal("busy", await socket.EchoAsync("busy"));

        clock.Advance(TimeSpan.FromSeconds(20));

        await socket.Ended.WaitAsync(Promised, Token);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("events")]
    public async Task Stream_OfNobody_StaysOpen(string kind)
    {
        await using var stage = await Stage.StartAsync(keys: null, Short, clock);
        using var nobody = stage.Gateway.NewBrowser();
        using var browser = await stage.LogInAsync();
        using var other = await OpenStream.SocketAsync(browser);
        using var stream = kind == "socket"
            ? await OpenStream.SocketAsync(nobody, "/open/ws")
            : await OpenStream.EventsAsync(nobody, stage.Site, "/open/events");

        clock.Advance(TimeSpan.FromSeconds(60));
        await other.Ended.WaitAsync(Promised, Token);

        Assert.False(stream.Ended.IsCompleted);
        await stage.Site.Events.WriteAsync("here", Token);
        Assert.Equal(kind == "socket" ? "here" : "data: here", kind == "socket" ? await stream.EchoAsync("here") : await stream.NextAsync());
    }

    private static GatewaySettings Short(GatewaySettings settings) => settings
        .With("Gateway:Session:IdleTimeout", "00:00:30")
        .With("ReverseProxy:Routes:open:ClusterId", "site")
        .With("ReverseProxy:Routes:open:Match:Path", "/open/{**path}")
        .With("ReverseProxy:Routes:open:AuthorizationPolicy", "Anonymous")
        .With("ReverseProxy:Routes:open:Transforms:0:PathRemovePrefix", "/open");

    private static async Task<DateTimeOffset> LatestEndAsync(Stage stage)
    {
        var live = await stage.Gateway.Services.GetRequiredService<ISessionStore>().ListAsync(Stage.UserId, Token);
        return live.Max(session => session.IdleExpiresAt);
    }
}
