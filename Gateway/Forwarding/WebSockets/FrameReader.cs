namespace Gateway.Forwarding.WebSockets;

/// <summary>
/// Follows the frames of one direction of a WebSocket (RFC 6455 section 5.2) as their bytes pass in whatever pieces. Extensions such
/// as compression change what is in a frame, not where it ends. Bytes that are no frames are read as if they were: who waits for a
/// boundary must not wait for ever.
/// </summary>
internal struct FrameReader
{
    private const int Continuation = 0, FirstControl = 8, Close = 8;

    private int opcode;
    private int headRead;
    private int headSize;
    private int lengthSize;
    private ulong length;
    private ulong payloadLeft;

    /// <summary>Between two frames, where a frame of one's own can stand.</summary>
    public readonly bool AtBoundary => headRead == 0 && payloadLeft == 0;

    /// <summary>A closing frame began: the last that this side may send.</summary>
    public bool HasClosed { get; private set; }

    /// <summary>Follows all of the bytes.</summary>
    /// <returns>Whether there was anything of a message among them: pings and pongs keep connections alive, not visitors.</returns>
    public bool Pass(ReadOnlySpan<byte> bytes)
    {
        var content = false;
        while (!bytes.IsEmpty)
            bytes = bytes[Step(bytes, ref content)..];
        return content;
    }

    /// <summary>How many of the bytes there are until the next boundary, which are followed; none when this is one.</summary>
    public int PassToBoundary(ReadOnlySpan<byte> bytes)
    {
        var content = false;
        var passed = 0;
        while (!AtBoundary && passed < bytes.Length)
            passed += Step(bytes[passed..], ref content);
        return passed;
    }

    private int Step(ReadOnlySpan<byte> bytes, ref bool content)
    {
        var step = 1;
        if (payloadLeft == 0)
        {
            ReadHead(bytes[0]);
        }
        else
        {
            step = (int)Math.Min(payloadLeft, (ulong)bytes.Length);
            payloadLeft -= (ulong)step;
        }

        content |= opcode is >= Continuation and < FirstControl;
        return step;
    }

    private void ReadHead(byte next)
    {
        switch (headRead++)
        {
            case 0:
                opcode = next & 0x0f;
                return;
            case 1:
                lengthSize = (next & 0x7f) switch { 126 => 2, 127 => 8, _ => 0 };
                length = lengthSize == 0 ? (ulong)(next & 0x7f) : 0;
                headSize = 2 + lengthSize + ((next & 0x80) == 0 ? 0 : 4);
                break;
            case var at when at < 2 + lengthSize:
                length = (length << 8) | next;
                break;
        }

        if (headRead < headSize)
            return;
        (headRead, payloadLeft) = (0, length);
        HasClosed |= opcode == Close;
    }
}
