using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bench.Servers;

namespace Bench.Load;

/// <summary>A keep-alive connection of one thread, with as little work for a request as there can be.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Contender row;
    private readonly byte[] request;
    private readonly string seen;
    private readonly byte[] buffer = new byte[16 * 1024];

    public Connection(Contender row)
    {
        this.row = row;
        request = Encoding.ASCII.GetBytes($"GET {row.Url.PathAndQuery} HTTP/1.1\r\nHost: {row.Url.Authority}\r\nCookie: {row.Cookies}\r\n\r\n");
        seen = row.User is null ? "" : $"\r\n{Site.SeenUser}: {row.User}\r\n";
        socket.Connect(IPAddress.Loopback, row.Port);
    }

    /// <summary>Sends a request and reads its answer, which has to be for the right user.</summary>
    public void Ask()
    {
        socket.Send(request);
        var (length, head) = (0, -1);
        while (head < 0)
        {
            length += Receive(length);
            head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        var whole = head + 4 + BodyLength(Check(buffer.AsSpan(0, head + 2)));
        while (length < whole)
            length += Receive(length);
    }

    public void Dispose() => socket.Dispose();

    private int Receive(int from) =>
        socket.Receive(buffer.AsSpan(from)) is > 0 and var read ? read : throw new IOException($"{row.Name} closed a connection");

    private string Check(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.ASCII.GetString(bytes);
        var isRight = head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && head.Contains(seen, StringComparison.OrdinalIgnoreCase);
        return isRight ? head : throw new InvalidOperationException($"{row.Name} did not answer for its user:\n{head}");
    }

    private static int BodyLength(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        return int.Parse(head.AsSpan(start, head.IndexOf('\r', start) - start), CultureInfo.InvariantCulture);
    }
}
