using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;
using Pipelines.Sockets.Unofficial;

namespace Gateway.Tests.Packages;

/// <summary>What StackExchange.Redis relies on over plain TCP.</summary>
internal static class SocketStories
{
    public static async Task Both_sides_read_what_the_other_wrote_and_the_bytes_are_counted()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);
        await using var peer = new NetworkStream(pair.Far);

        await connection.Output.SendAsync("PING");
        var asked = new byte[4];
        await peer.ReadExactlyAsync(asked, TestContext.Current.CancellationToken);
        await peer.SendAsync("+PONG");

        Assert.Equal("PING"u8, asked);
        Assert.Equal("+PONG", await connection.Input.ReceiveTextAsync(5));
        await Eventually.TrueAsync(() => connection.BytesSent == 4);
        Assert.Equal((5, 5), (connection.BytesRead, connection.LastReceived));
        Assert.Equal((4, 5), (((IMeasuredDuplexPipe)connection).TotalBytesSent, ((IMeasuredDuplexPipe)connection).TotalBytesReceived));
        Assert.Equal(PipeShutdownKind.None, connection.ShutdownKind);
    }

    public static async Task Sixteen_megabytes_pass_both_ways_at_once()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var near = SocketConnection.Create(pair.Near, null, null);
        using var far = SocketConnection.Create(pair.Far, null, null);
        byte[] there = RandomNumberGenerator.GetBytes(16 << 20), back = RandomNumberGenerator.GetBytes(16 << 20);

        var sending = Task.WhenAll(near.Output.SendAsync(there), far.Output.SendAsync(back));
        var received = await Task.WhenAll(far.Input.AllAsync(there.Length), near.Input.AllAsync(back.Length));
        await sending;

        Assert.True(received[0].AsSpan().SequenceEqual(there) && received[1].AsSpan().SequenceEqual(back));
    }

    public static async Task A_peer_that_has_finished_sending_still_receives()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);
        await using var peer = new NetworkStream(pair.Far);

        await peer.SendAsync("the last words");
        pair.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal("the last words", await connection.Input.ReceiveTextAsync(14));
        Assert.True(await connection.Input.EndsAsync());

        await connection.Output.SendAsync("heard");
        await connection.Output.CompleteAsync();
        Assert.Equal("heard", await peer.RestAsync());
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, connection.ShutdownKind);
    }

    public static async Task Having_finished_sending_one_still_receives()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);
        await using var peer = new NetworkStream(pair.Far);

        await connection.Output.SendAsync("QUIT");
        await connection.Output.CompleteAsync();
        var asked = new byte[5];
        Assert.Equal(4, await peer.ReadAtLeastAsync(asked, asked.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken));
        await peer.SendAsync("+OK");

        Assert.Equal("+OK", await connection.Input.ReceiveTextAsync(3));
    }

    public static async Task A_reset_connection_fails_the_reader_and_says_so()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);

        pair.Far.LingerState = new LingerOption(enable: true, seconds: 0);
        pair.Far.Close();

        await Assert.ThrowsAsync<ConnectionResetException>(() => connection.Input.ReceiveAsync(1));
        Assert.Equal((PipeShutdownKind.ReadSocketError, SocketError.ConnectionReset), (connection.ShutdownKind, connection.SocketError));
    }
}
