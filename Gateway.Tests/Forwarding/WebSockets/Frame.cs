using System.Buffers.Binary;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>The bytes of one WebSocket frame, written anew from RFC 6455 section 5.2.</summary>
internal static class Frame
{
    public const int Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    public static byte[] Of(int opcode, int length, bool masked = false, Random? random = null, bool final = true)
    {
        byte[] size = length switch
        {
            < 126 => [(byte)length],
            <= ushort.MaxValue => [126, (byte)(length >> 8), (byte)length],
            _ => [127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
        size[0] |= (byte)(masked ? 0x80 : 0);
        var rest = new byte[length + (masked ? 4 : 0)];
        random?.NextBytes(rest);
        return [(byte)(opcode | (final ? 0x80 : 0)), .. size, .. rest];
    }

    /// <summary>Frames of every kind and of lengths around each boundary of the format.</summary>
    public static IReadOnlyList<byte[]> Some(Random random, int count, bool masked)
    {
        int[] lengths = [0, 1, 2, 7, 125, 126, 127, 128, 255, 256, 65535, 65536, 70000];
        int[] opcodes = [0, Text, Binary, Ping, Pong];
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Of(
                opcodes[random.Next(opcodes.Length)], lengths[random.Next(lengths.Length)], masked, random, random.Next(2) == 0)),
        ];
    }

    /// <summary>Cuts bytes anywhere, often into very small pieces.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(3) == 0 ? random.Next(1, 4) : random.Next(1, 50_000));
            yield return bytes.AsMemory(at, length);
            at += length;
        }
    }

    public static (int Code, string Reason) ReadClose(byte[] frame)
    {
        Assert.Equal(0x88, frame[0]);
        Assert.Equal(frame.Length - 2, frame[1]);
        return (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2)), System.Text.Encoding.UTF8.GetString(frame.AsSpan(4)));
    }
}
