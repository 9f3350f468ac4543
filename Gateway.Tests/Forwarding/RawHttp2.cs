using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>
/// One HTTP/2 request with exactly these header fields, well-formed or not, over a connection without TLS (RFC 9113 section 3.3).
/// </summary>
internal static class RawHttp2
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, GoAway = 7;
    private const byte EndStream = 1, EndHeaders = 4;

    /// <summary>Whether the request was answered, instead of the stream or the connection being ended.</summary>
    public static async Task<bool> IsAnsweredAsync(Uri server, params (string Name, string Value)[] fields)
    {
        using var deadline = Deadline.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), deadline.Token);
        await stream.WriteAsync(Frame(Settings, 0, 0, []), deadline.Token);
        await stream.WriteAsync(Frame(Headers, EndHeaders | EndStream, 1, [.. fields.SelectMany(Literal)]), deadline.Token);

        while (true)
        {
            var head = new byte[9];
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, deadline.Token) < head.Length)
                return false;
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], deadline.Token);
            var ends = (head[4] & EndStream) != 0;
            switch (head[3])
            {
                case ResetStream or GoAway:
                    return false;
                case Data or Headers when ends:
                    return true;
            }
        }
    }

    private static byte[] Frame(byte type, byte flags, int streamId, byte[] payload)
    {
        byte[] frame = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        return frame;
    }

    // Never indexed, no Huffman code (RFC 7541 section 6.2.3).
    private static byte[] Literal((string Name, string Value) field) => [0x10, .. Text(field.Name), .. Text(field.Value)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return bytes.Length < 127 ? [(byte)bytes.Length, .. bytes] : [127, .. Prefixed(bytes.Length - 127), .. bytes];
    }

    private static IEnumerable<byte> Prefixed(int number)
    {
        for (; number >= 128; number /= 128)
            yield return (byte)((number % 128) + 128);
        yield return (byte)number;
    }
}
