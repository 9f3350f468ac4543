using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Forwarding.WebSockets;

/// <summary>Why the gateway ends a WebSocket, as the page's script is told it: <c>event.code</c> and <c>event.reason</c>.</summary>
/// <param name="Code">Of RFC 6455 section 7.4.1.</param>
/// <param name="Reason">At most 123 bytes of UTF-8.</param>
internal sealed record SocketClose(ushort Code, string Reason)
{
    private const byte FinalClose = 0x88, Masked = 0x80;

    /// <summary>1008, "policy violation": what there is for a visitor who may not go on.</summary>
    public static SocketClose SessionOver { get; } = new(1008, "session over");

    /// <summary>1001: the same address will be served again.</summary>
    public static SocketClose GoingAway { get; } = new(1001, "gateway restarting");

    // Whatever the gateway's reason is, to an application its visitor has left.
    private static ReadOnlySpan<byte> LeftCode => [0x03, 0xe9];

    /// <summary>The frame for the client, unmasked.</summary>
    public byte[] ToClient()
    {
        var reason = Encoding.UTF8.GetBytes(Reason);
        byte[] frame = [FinalClose, (byte)(2 + reason.Length), 0, 0, .. reason];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), Code);
        return frame;
    }

    /// <summary>The frame for the application, masked as everything that it gets (RFC 6455 section 5.3).</summary>
    public static byte[] ToApplication()
    {
        byte[] frame = [FinalClose, Masked | 2, 0, 0, 0, 0, .. LeftCode];
        RandomNumberGenerator.Fill(frame.AsSpan(2, 4));
        frame[6] ^= frame[2];
        frame[7] ^= frame[3];
        return frame;
    }
}
