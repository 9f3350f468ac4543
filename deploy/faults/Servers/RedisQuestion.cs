using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Faults.Servers;

/// <summary>One command to a Redis on a connection of its own, past whatever stands between it and the gateway.</summary>
internal static class RedisQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The first line of the reply with its type (<c>+PONG</c>, <c>:1</c>, <c>-ERR …</c>); null when there is none in time.</summary>
    public static async Task<string?> AskAsync(int port, params string[] command)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var stream = client.GetStream();
            var words = string.Concat(command.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"));
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"*{command.Length}\r\n{words}"), limit.Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadLineAsync(limit.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
