namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>A WebSocket whose frames are followed is still a pipe.</summary>
public sealed class PassageTests
{
    [Theory]
    [InlineData("websocket")]
    [InlineData("SPDY/3.1")]
    public async Task Bytes_PassAsTheyAreInBothDirections(string protocol)
    {
        await using var socket = await RawSocket.OpenAsync(protocol);
        var random = new Random(1);
        for (var round = 0; round < 5; round++)
        {
            byte[] up = [.. Frame.Some(random, 30, masked: true).SelectMany(frame => frame)];
            byte[] down = [.. Frame.Some(random, 30, masked: false).SelectMany(frame => frame)];

            await Task.WhenAll(
                SendAsync(socket.Client.SendAsync, up, new Random(round)),
                SendAsync(socket.SendAsync, down, new Random(round)),
                AssertArrivesAsync(up, socket.ReceiveAsync),
                AssertArrivesAsync(down, socket.Client.BytesAsync));
        }
    }

    [Fact]
    public async Task Bytes_ThatAreNoFrames_PassAsWell()
    {
        await using var socket = await RawSocket.OpenAsync();
        var noise = new byte[100_000];
        new Random(2).NextBytes(noise);

        await Task.WhenAll(SendAsync(socket.SendAsync, noise, new Random(3)), AssertArrivesAsync(noise, socket.Client.BytesAsync));
    }

    private static async Task SendAsync(Func<ReadOnlyMemory<byte>, Task> send, byte[] bytes, Random random)
    {
        foreach (var piece in Frame.Split(bytes, random))
            await send(piece);
    }

    private static async Task AssertArrivesAsync(byte[] bytes, Func<int, Task<byte[]>> receive) => Assert.Equal(bytes, await receive(bytes.Length));
}
