using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>XXH3 with 64 bits (xxHash specification, "XXH3 Algorithm Description").</summary>
public static class XxHash3
{
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) => source.Length switch
    {
        0 => XxHash64.Avalanche((ulong)seed ^ Secret.At(56) ^ Secret.At(64)),
        <= 3 => Hash1To3(source, (ulong)seed),
        <= 8 => Hash4To8(source, (ulong)seed),
        <= 16 => Hash9To16(source, (ulong)seed),
        <= 128 => Hash17To128(source, (ulong)seed),
        <= 240 => Hash129To240(source, (ulong)seed),
        _ => XxHash3Long.Hash(source, (ulong)seed),
    };

    private static ulong Hash1To3(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var combined = (uint)(source[0] << 16 | source[length >> 1] << 24 | source[length - 1] | length << 8);
        return XxHash64.Avalanche(combined ^ ((uint)(Secret.At(0) ^ (Secret.At(0) >> 32)) + seed));
    }

    private static ulong Hash4To8(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var swapped = seed ^ ((ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32);
        var words = Bytes.U32(source, length - 4) + ((ulong)Bytes.U32(source, 0) << 32);
        var hash = words ^ ((Secret.At(8) ^ Secret.At(16)) - swapped);
        hash ^= BitOperations.RotateLeft(hash, 49) ^ BitOperations.RotateLeft(hash, 24);
        hash *= Prime.Mix2;
        hash ^= (hash >> 35) + (ulong)length;
        hash *= Prime.Mix2;
        return hash ^ (hash >> 28);
    }

    private static ulong Hash9To16(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var low = Bytes.U64(source, 0) ^ ((Secret.At(24) ^ Secret.At(32)) + seed);
        var high = Bytes.U64(source, length - 8) ^ ((Secret.At(40) ^ Secret.At(48)) - seed);
        return Avalanche((ulong)length + BinaryPrimitives.ReverseEndianness(low) + high + Fold(low, high));
    }

    private static ulong Hash17To128(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var hash = (ulong)length * Prime.P64N1;
        for (var i = (length - 1) / 32; i >= 0; i--)
            hash += Mix16(source, 16 * i, 32 * i, seed) + Mix16(source, length - 16 * (i + 1), 32 * i + 16, seed);
        return Avalanche(hash);
    }

    private static ulong Hash129To240(ReadOnlySpan<byte> source, ulong seed)
    {
        var length = source.Length;
        var hash = (ulong)length * Prime.P64N1;
        for (var i = 0; i < 8; i++)
            hash += Mix16(source, 16 * i, 16 * i, seed);
        hash = Avalanche(hash);
        for (var i = 8; i < length / 16; i++)
            hash += Mix16(source, 16 * i, 16 * (i - 8) + 3, seed);
        return Avalanche(hash + Mix16(source, length - 16, 119, seed));
    }

    private static ulong Mix16(ReadOnlySpan<byte> source, int offset, int secretOffset, ulong seed) => Fold(
        Bytes.U64(source, offset) ^ (Secret.At(secretOffset) + seed),
        Bytes.U64(source, offset + 8) ^ (Secret.At(secretOffset + 8) - seed));

    internal static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    internal static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 37)) * Prime.Mix1;
        return hash ^ (hash >> 32);
    }
}
