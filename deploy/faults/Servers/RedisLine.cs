using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Faults.Servers;

/// <summary>The line between the gateways and Redis; what happens to replies on it can be changed at any time.</summary>
internal sealed class RedisLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, Ports.Next());
    private readonly CancellationTokenSource end = new();
    private readonly int redisPort;
    private readonly Random random;

    private RedisLine(int redisPort, int seed) => (this.redisPort, random) = (redisPort, new Random(seed));

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each reply is under way.</summary>
    public TimeSpan Latency { get; set; }

    public bool Swallows { get; set; }

    public bool Splits { get; set; }

    /// <summary>Whether connections are cut in the middle of a reply, each within its first replies.</summary>
    public bool Cuts { get; set; }

    public static RedisLine Start(int redisPort, int seed)
    {
        var line = new RedisLine(redisPort, seed);
        line.listener.Start();
        _ = line.AcceptAsync();
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the suite.
        }
    }

    private async Task CarryAsync(TcpClient gateway)
    {
        using var near = gateway;
        using var far = new TcpClient();
        near.NoDelay = far.NoDelay = true;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, redisPort, done.Token);
            var replies = Channel.CreateUnbounded<(DateTime Due, byte[] Bytes)>();
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), done.Token),
                ReadAsync(far.GetStream(), replies.Writer, done.Token),
                ReplyAsync(near.GetStream(), replies.Reader, done.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // Either side left.
        }

        await done.CancelAsync();
    }

    private async Task ReadAsync(NetworkStream far, ChannelWriter<(DateTime Due, byte[] Bytes)> replies, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await far.ReadAsync(buffer, cancellationToken) is var count and > 0)
            await replies.WriteAsync((DateTime.UtcNow + Latency, buffer[..count]), cancellationToken);
    }

    private async Task ReplyAsync(NetworkStream near, ChannelReader<(DateTime Due, byte[] Bytes)> replies, CancellationToken cancellationToken)
    {
        await foreach (var (due, bytes) in replies.ReadAllAsync(cancellationToken))
        {
            if (due - DateTime.UtcNow is var left && left > TimeSpan.Zero)
                await Task.Delay(left, cancellationToken);
            if (Swallows)
                continue;
            if (Cuts && bytes.Length > 1 && IsChosen())
            {
                await near.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
                return;
            }

            for (var (sent, step) = (0, Splits ? 1 : bytes.Length); sent < bytes.Length; sent += step)
                await near.WriteAsync(bytes.AsMemory(sent, step), cancellationToken);
        }
    }

    private bool IsChosen()
    {
        lock (random)
            return random.Next(8) == 0;
    }
}
