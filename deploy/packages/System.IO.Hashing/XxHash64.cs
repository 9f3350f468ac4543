using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH64, in its canonical big-endian form (xxHash specification, "XXH64 Algorithm Description").</summary>
public static class XxHash64
{
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source, 0);
    }

    public static byte[] Hash(ReadOnlySpan<byte> source, long seed = 0)
    {
        var hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, HashToUInt64(source, (ulong)seed));
        return hash;
    }

    private static ulong HashToUInt64(ReadOnlySpan<byte> rest, ulong seed)
    {
        var hash = (ulong)rest.Length + (rest.Length < 32 ? seed + Prime.P64N5 : HashStripes(ref rest, seed));
        for (; rest.Length >= 8; rest = rest[8..])
            hash = BitOperations.RotateLeft(hash ^ Round(0, Bytes.U64(rest, 0)), 27) * Prime.P64N1 + Prime.P64N4;
        if (rest.Length >= 4)
        {
            hash = BitOperations.RotateLeft(hash ^ (Bytes.U32(rest, 0) * Prime.P64N1), 23) * Prime.P64N2 + Prime.P64N3;
            rest = rest[4..];
        }
        foreach (var b in rest)
            hash = BitOperations.RotateLeft(hash ^ (b * Prime.P64N5), 11) * Prime.P64N1;
        return Avalanche(hash);
    }

    private static ulong HashStripes(ref ReadOnlySpan<byte> rest, ulong seed)
    {
        Span<ulong> lanes = [seed + Prime.P64N1 + Prime.P64N2, seed + Prime.P64N2, seed, seed - Prime.P64N1];
        for (; rest.Length >= 32; rest = rest[32..])
            for (var i = 0; i < 4; i++)
                lanes[i] = Round(lanes[i], Bytes.U64(rest, 8 * i));

        var hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
            + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        foreach (var lane in lanes)
            hash = (hash ^ Round(0, lane)) * Prime.P64N1 + Prime.P64N4;
        return hash;
    }

    private static ulong Round(ulong lane, ulong input) =>
        BitOperations.RotateLeft(lane + input * Prime.P64N2, 31) * Prime.P64N1;

    internal static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime.P64N2;
        hash = (hash ^ (hash >> 29)) * Prime.P64N3;
        return hash ^ (hash >> 32);
    }
}
