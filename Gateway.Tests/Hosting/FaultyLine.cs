using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gateway.Tests.Hosting;

/// <summary>
/// A TCP line to a server on this machine, over which replies are late, in pieces, lost or cut off. What clients send passes as it is.
/// Needs nothing else of the tests, so that other programs can take it.
/// </summary>
internal sealed class FaultyLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private readonly int target;
    private readonly Task accepting;
    private volatile LineFault fault = LineFault.None;
    private int accepted;
    private int cuts;

    public FaultyLine(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What is wrong with the line from now on, also for connections that are open.</summary>
    public LineFault Fault
    {
        get => fault;
        set => fault = value;
    }

    /// <summary>How many there have been.</summary>
    public int Connections => Volatile.Read(ref accepted);

    /// <summary>How many there are.</summary>
    public int Open => open.Count;

    /// <summary>How many connections were cut by <see cref="LineFault.Cut"/>.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>Ends every open connection at once.</summary>
    public void CutAll()
    {
        foreach (var client in open.Keys)
            Reset(client);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        CutAll();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        while (!end.IsCancellationRequested)
        {
            var next = await Task.WhenAny(listener.AcceptTcpClientAsync(end.Token).AsTask());
            if (next.IsCompletedSuccessfully)
                connections.Add(ServeAsync(await next));
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using var _ = client;
        client.NoDelay = true;
        open[client] = true;
        Interlocked.Increment(ref accepted);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, end.Token);
            var replies = Channel.CreateUnbounded<Reply>();
            await await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), end.Token),
                ReceiveAsync(server.GetStream(), replies.Writer),
                SendAsync(client, replies.Reader));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end is gone, and the other goes with it.
        }
        finally
        {
            open.TryRemove(client, out var _);
        }
    }

    private async Task ReceiveAsync(NetworkStream server, ChannelWriter<Reply> replies)
    {
        var buffer = new byte[64 * 1024];
        var isDead = false;
        while (await server.ReadAsync(buffer, end.Token) is > 0 and var count)
        {
            var now = fault;
            isDead |= now.Lost;
            if (!isDead && now.Skips?.Invoke(buffer[..count]) is not true)
                replies.TryWrite(new Reply(buffer[..count], TimeProvider.System.GetTimestamp()));
        }
    }

    private async Task SendAsync(TcpClient client, ChannelReader<Reply> replies)
    {
        var stream = client.GetStream();
        await foreach (var reply in replies.ReadAllAsync(end.Token))
        {
            var now = fault;
            var rest = now.Delay - TimeProvider.System.GetElapsedTime(reply.At);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, end.Token);
            var cut = now.Cut?.Invoke(reply.Bytes);
            foreach (var piece in reply.Bytes.Take(cut ?? reply.Bytes.Length).Chunk(now.PieceSize))
                await stream.WriteAsync(piece, end.Token);
            if (cut is null)
                continue;
            Interlocked.Increment(ref cuts);
            return;
        }
    }

    private static void Reset(TcpClient client)
    {
        try
        {
            client.Client?.Close(0);
        }
        catch (ObjectDisposedException)
        {
            // It was faster.
        }
    }

    private sealed record Reply(byte[] Bytes, long At);
}

/// <summary>What is wrong with what a server sends.</summary>
internal sealed record LineFault
{
    public static readonly LineFault None = new();

    /// <summary>Every reply arrives so much later than it was sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The most bytes that arrive at a time.</summary>
    public int PieceSize { get; init; } = int.MaxValue;

    /// <summary>
    /// Replies are swallowed, and the connection stays open. It remains silent afterwards: TCP delivers nothing after a gap,
    /// and what forgot a connection, such as an address translator, does not remember it again.
    /// </summary>
    public bool Lost { get; init; }

    /// <summary>
    /// Which replies are swallowed while later ones still arrive. No network does that, but a proxy with a fault, or a client: it takes
    /// every further reply for the answer to an earlier question.
    /// </summary>
    public Func<byte[], bool>? Skips { get; init; }

    /// <summary>How many bytes of a reply still arrive before the connection ends; null: all, and it does not end.</summary>
    public Func<byte[], int?>? Cut { get; init; }
}
