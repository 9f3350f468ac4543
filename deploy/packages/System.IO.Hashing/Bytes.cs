using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>xxHash reads its input as little-endian words, whatever the machine.</summary>
internal static class Bytes
{
    internal static uint U32(ReadOnlySpan<byte> source, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(source[offset..]);

    internal static ulong U64(ReadOnlySpan<byte> source, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(source[offset..]);
}
