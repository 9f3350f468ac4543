using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;
using Pipelines.Sockets.Unofficial;

namespace Gateway.Tests.Packages;

/// <summary>What StackExchange.Redis relies on over TLS.</summary>
internal static class TlsStories
{
    public static async Task Both_sides_read_what_the_other_wrote_and_the_bytes_are_counted()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        var (near, peer) = await pair.SecureAsync();
        var duplex = StreamConnection.GetDuplex(near, null, null, "redis");

        await duplex.Output.SendAsync("PING");
        var asked = new byte[4];
        await peer.ReadExactlyAsync(asked, TestContext.Current.CancellationToken);
        await peer.SendAsync("+PONG");

        Assert.Equal("PING"u8, asked);
        Assert.Equal("+PONG", await duplex.Input.ReceiveTextAsync(5));
        // Together, as the real library has the two the other way round over a stream.
        var measured = Assert.IsAssignableFrom<IMeasuredDuplexPipe>(duplex);
        await Eventually.TrueAsync(() => measured.TotalBytesSent + measured.TotalBytesReceived == 9);
    }

    public static async Task Sixteen_megabytes_pass_both_ways_at_once()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        var (nearStream, farStream) = await pair.SecureAsync();
        IDuplexPipe near = StreamConnection.GetDuplex(nearStream, null, null, null), far = StreamConnection.GetDuplex(farStream, null, null, null);
        byte[] there = RandomNumberGenerator.GetBytes(16 << 20), back = RandomNumberGenerator.GetBytes(16 << 20);

        var sending = Task.WhenAll(near.Output.SendAsync(there), far.Output.SendAsync(back));
        var received = await Task.WhenAll(far.Input.AllAsync(there.Length), near.Input.AllAsync(back.Length));
        await sending;

        Assert.True(received[0].AsSpan().SequenceEqual(there) && received[1].AsSpan().SequenceEqual(back));
    }

    public static async Task A_peer_that_has_finished_sending_still_receives()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        var (near, peer) = await pair.SecureAsync();
        var duplex = StreamConnection.GetDuplex(near, null, null, null);

        await peer.SendAsync("the last words");
        await peer.ShutdownAsync();
        Assert.Equal("the last words", await duplex.Input.ReceiveTextAsync(14));
        Assert.True(await duplex.Input.EndsAsync());

        await duplex.Output.SendAsync("heard");
        var heard = new byte[5];
        await peer.ReadExactlyAsync(heard, TestContext.Current.CancellationToken);
        Assert.Equal("heard"u8, heard);
    }

    public static async Task A_reset_connection_fails_the_reader()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        var (near, _) = await pair.SecureAsync();
        var duplex = StreamConnection.GetDuplex(near, null, null, null);

        pair.Far.LingerState = new LingerOption(enable: true, seconds: 0);
        pair.Far.Close();

        await Assert.ThrowsAnyAsync<IOException>(() => duplex.Input.ReceiveAsync(1));
    }

    public static async Task A_stream_is_read_to_its_end()
    {
        using var stream = new MemoryStream("+PONG"u8.ToArray());
        var reader = StreamConnection.GetReader(stream, null);

        Assert.Equal("+PONG", await reader.ReceiveTextAsync(5));
        Assert.True(await reader.EndsAsync());
    }
}
