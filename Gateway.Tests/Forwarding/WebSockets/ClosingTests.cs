using System.Net.WebSockets;
using Gateway.Forwarding.WebSockets;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>The gateway ends a WebSocket as either side would: with a frame of its own between two others.</summary>
public sealed class ClosingTests
{
    private static readonly byte[] Goodbye = Frame.Of(Frame.Close, 2, masked: true);

    private static readonly int GoodbyeLength = SocketClose.GoingAway.ToClient().Length;

    // It stands still: nothing is cut because a test took its time.
    private readonly TestClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SilentSocket_IsToldWhyItEnds()
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);

        var closing = socket.Open.CloseAllAsync(SocketClose.GoingAway);
        var told = await socket.Client.BytesAsync(GoodbyeLength);
        var application = await socket.ReceiveAsync(8);
        await socket.Client.SendAsync(Goodbye);

        Assert.Equal((1001, "gateway restarting"), Frame.ReadClose(told));
        Assert.Equal((0x88, 0x82), (application[0], application[1]));
        Assert.Equal([0x03, 0xe9], [(byte)(application[6] ^ application[2]), (byte)(application[7] ^ application[3])]);
        socket.EndApplication();
        Assert.Equal("", await socket.Client.RestAsync());
        await closing.WaitAsync(Token);
        Assert.Equal(0, socket.Open.Count);
    }

    [Fact]
    public async Task Frames_ThatAreOnTheirWay_ArriveWholeBeforeTheEnd()
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);
        var (down, up) = (Frame.Of(Frame.Binary, 70_000, masked: false, new Random(1)), Frame.Of(Frame.Text, 300, masked: true, new Random(2)));
        await socket.SendAsync(down.AsMemory(0, 1000));
        await socket.Client.SendAsync(up.AsMemory(0, 3));
        var begun = await socket.Client.BytesAsync(1000);
        await socket.ReceiveAsync(3);

        var closing = socket.Open.CloseAllAsync(SocketClose.GoingAway);
        // What follows the frame comes too late.
        await socket.SendAsync((byte[])[.. down[1000..], .. Frame.Of(Frame.Text, 5)]);
        await socket.Client.SendAsync((byte[])[.. up[3..], .. Frame.Of(Frame.Text, 5, masked: true), .. Goodbye]);

        Assert.Equal(down, begun.Concat(await socket.Client.BytesAsync(down.Length - 1000)));
        Assert.Equal(1001, Frame.ReadClose(await socket.Client.BytesAsync(GoodbyeLength)).Code);
        Assert.Equal(up[3..], await socket.ReceiveAsync(up.Length - 3));
        Assert.Equal(0x88, (await socket.ReceiveAsync(8))[0]);
        socket.EndApplication();
        Assert.Equal("", await socket.Client.RestAsync());
        await closing.WaitAsync(Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frame_ThatNeverEnds_IsCutOff(bool fromApplication)
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);
        var half = Frame.Of(Frame.Text, 100, masked: !fromApplication).AsMemory(0, 50);
        await (fromApplication ? socket.SendAsync(half) : socket.Client.SendAsync(half));
        _ = await (fromApplication ? socket.Client.BytesAsync(50) : socket.ReceiveAsync(50));

        await CloseInVainAsync(socket);

        // Bytes of a goodbye would have been taken for the frame's own.
        if (fromApplication)
            await socket.Client.AssertCutAsync();
        else
            Assert.Empty(await socket.ReceiveRestAsync());
    }

    [Fact]
    public async Task Socket_WhoseEndsDoNotAnswer_IsOverAllTheSame()
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);

        var closing = socket.Open.CloseAllAsync(SocketClose.GoingAway);
        Assert.Equal(1001, Frame.ReadClose(await socket.Client.BytesAsync(GoodbyeLength)).Code);
        clock.Advance(TimeSpan.FromSeconds(1));

        await closing.WaitAsync(Token);
        await socket.Client.AssertCutAsync();
        Assert.Equal(0, socket.Open.Count);
    }

    [Fact]
    public async Task Socket_ThatTheApplicationHasClosed_IsNotClosedTwice()
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);
        var own = Frame.Of(Frame.Close, 2, masked: false, new Random(1));
        await socket.SendAsync(own);
        Assert.Equal(own, await socket.Client.BytesAsync(own.Length));

        await CloseInVainAsync(socket);

        await socket.Client.AssertCutAsync();
    }

    [Fact]
    public async Task OtherProtocol_IsCutWithoutAByteOfTheGateways()
    {
        await using var socket = await RawSocket.OpenAsync("SPDY/3.1", clock);

        await socket.Open.CloseAllAsync(SocketClose.GoingAway).WaitAsync(Token);

        await socket.Client.AssertCutAsync();
        Assert.Empty(await socket.ReceiveRestAsync());
    }

    [Fact]
    public async Task Socket_ThatOpensAfterwards_IsClosedAtOnce()
    {
        await using var socket = await RawSocket.OpenAsync(clock: clock);
        await CloseInVainAsync(socket);
        using var late = new ClientWebSocket();

        await late.ConnectAsync(new UriBuilder(socket.Gateway.BaseAddress) { Scheme = "ws", Path = "/ws" }.Uri, Token);
        await late.ReceiveAsync(new byte[10].AsMemory(), Token);

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, late.CloseStatus);
    }

    // Somebody does not play along, and a second is all there is for it.
    private async Task CloseInVainAsync(RawSocket socket)
    {
        var closing = socket.Open.CloseAllAsync(SocketClose.GoingAway);
        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(closing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await closing.WaitAsync(Token);
    }
}
