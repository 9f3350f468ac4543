using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Forwarding;

/// <summary>
/// One HTTP/2 request with exactly these header fields, well-formed or not, over a connection without TLS (RFC 9113 section 3.3).
/// </summary>
internal static class RawHttp2
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, GoAway = 7, Continuation = 9;
    private const byte EndStream = 1, EndHeaders = 4;

    // What a peer takes that has not said otherwise (RFC 9113 section 6.5.2).
    private const int LargestFrame = 16384;

    // By their index in the static table (RFC 7541 appendix A).
    private const int FirstStatus = 8;
    private static readonly int[] Statuses = [200, 204, 206, 304, 400, 404, 500];

    /// <summary>Whether the request was answered, instead of the stream or the connection being ended.</summary>
    public static async Task<bool> IsAnsweredAsync(Uri server, params (string Name, string Value)[] fields) =>
        await StatusAsync(server, fields) is not null;

    /// <summary>The status of the answer; null when the stream or the connection was ended instead.</summary>
    public static async Task<int?> StatusAsync(Uri server, params (string Name, string Value)[] fields)
    {
        using var deadline = Deadline.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), deadline.Token);
        await stream.WriteAsync(Frame(Settings, 0, 0, []), deadline.Token);
        await stream.WriteAsync(HeaderFrames([.. fields.SelectMany(Literal)]), deadline.Token);

        int? status = null;
        while (true)
        {
            var head = new byte[9];
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, deadline.Token) < head.Length)
                return null;
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, deadline.Token);
            if (head[3] is ResetStream or GoAway)
                return null;
            if (head[3] is Headers)
                status ??= Status(payload);
            if (head[3] is Data or Headers && (head[4] & EndStream) != 0)
                return status;
        }
    }

    private static byte[] HeaderFrames(byte[] block)
    {
        var pieces = block.Chunk(LargestFrame).ToList();
        return [.. pieces.SelectMany((piece, index) => Frame(
            index == 0 ? Headers : Continuation,
            (byte)((index == 0 ? EndStream : 0) | (index == pieces.Count - 1 ? EndHeaders : 0)),
            1,
            piece))];
    }

    // The first field of every answer; a change of the table's size may come before it (RFC 7541 sections 6.1 to 6.3).
    private static int Status(byte[] block)
    {
        var at = Array.FindIndex(block, octet => (octet & 0b1110_0000) != 0b0010_0000);
        return (block[at] & 0x80) != 0
            ? Statuses[(block[at] & 0x7f) - FirstStatus]
            : int.Parse(Encoding.ASCII.GetString(block, at + 2, 3), CultureInfo.InvariantCulture);
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
