using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Hosting;

/// <summary>A destination on a bare socket: keeps each request byte for byte, and answers the bytes a test says.</summary>
internal sealed class RawDestination : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<RawMessage> requests = [];
    private readonly Task accepting;

    private RawDestination(Func<RawMessage, byte[]>? answer)
    {
        Answer = answer ?? (_ => Ok("ok"));
        listener.Start();
        Address = new Uri($"http://{listener.LocalEndpoint}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>What the next requests are answered; no bytes at all means that the connection is closed.</summary>
    public Func<RawMessage, byte[]> Answer { get; set; }

    public IReadOnlyList<RawMessage> Requests => [.. requests];

    public static RawDestination Start(Func<RawMessage, byte[]>? answer = null) => new(answer);

    public static byte[] Ok(string body, params string[] headerLines)
    {
        var content = Encoding.UTF8.GetBytes(body);
        string[] head = ["HTTP/1.1 200 OK", $"Content-Length: {content.Length}", .. headerLines, "", ""];
        return [.. Encoding.Latin1.GetBytes(string.Join("\r\n", head)), .. content];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            var accepted = await Task.WhenAny(listener.AcceptTcpClientAsync(stopping.Token).AsTask());
            if (accepted.IsCompletedSuccessfully)
                connections.Add(ServeAsync(await accepted));
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var reader = new RawMessageReader(stream);
        while (await reader.RequestAsync(stopping.Token) is { } request)
        {
            requests.Enqueue(request);
            var answer = Answer(request);
            if (answer.Length == 0)
                return;
            await stream.WriteAsync(answer, stopping.Token);
        }
    }
}
