using System.Net;
using System.Net.Sockets;

namespace Faults.Servers;

/// <summary>Ports of the loopback address for servers that come back on the same one after a restart.</summary>
internal static class Ports
{
    // Below the range that the kernel hands to clients, so that nobody takes the port while its server is down.
    private const int First = 12_000;
    private const int Count = 7_000;

    private static int last = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (Interlocked.Increment(ref last) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException("No free port on the loopback address");
    }

    public static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
