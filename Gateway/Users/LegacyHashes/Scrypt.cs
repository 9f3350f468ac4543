using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Users.LegacyHashes;

/// <summary>scrypt (RFC 7914), which .NET does not have, within limits of memory and time.</summary>
internal sealed class Scrypt
{
    private const int Block = 64;
    private const int Words = Block / sizeof(uint);

    private readonly int n;
    private readonly int r;
    private readonly int p;

    private Scrypt(int n, int r, int p) => (this.n, this.r, this.p) = (n, r, p);

    /// <summary>How many bytes it goes through.</summary>
    public long Work => 2L * Block * n * r * p;

    /// <exception cref="MalformedHashException">They are none of scrypt's parameters, or too much of them.</exception>
    public static Scrypt Within(long n, long r, long p)
    {
        if (n < 2 || !BitOperations.IsPow2(n) || r < 1 || p < 1)
            throw new MalformedHashException("these are no parameters of scrypt: N is a power of 2, r and p are at least 1");
        // Floating point can't overflow.
        var memory = 2.0 * Block * n * r;
        if (memory > MemoryHard.MostMemory || memory * p > MemoryHard.MostMemory * MemoryHard.MostPasses)
            throw new MalformedHashException($"scrypt with N={n}, r={r}, p={p} costs more than {MemoryHard.MostPasses} times {MemoryHard.MostMemory / MemoryHard.Megabyte} MB");
        return new Scrypt((int)n, (int)r, (int)p);
    }

    public byte[] Derive(byte[] password, byte[] salt, int length)
    {
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * 2 * r * Block);
        var memory = GC.AllocateUninitializedArray<uint>(n * 2 * r * Words);
        for (var lane = 0; lane < p; lane++)
            Mix(blocks.AsSpan(lane * 2 * r * Block, 2 * r * Block), memory);
        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    // scryptROMix, section 5.
    private void Mix(Span<byte> bytes, uint[] memory)
    {
        var size = 2 * r * Words;
        var (x, y) = (new uint[size], new uint[size]);
        for (var word = 0; word < size; word++)
            x[word] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(word * sizeof(uint))..]);
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(memory, i * size);
            MixBlock(x, y);
            (x, y) = (y, x);
        }

        for (var i = 0; i < n; i++)
        {
            // Integerify: the last block's first word, of which N, a power of two, takes the lowest bits.
            var j = (int)(x[size - Words] & (uint)(n - 1));
            Xor(x, memory.AsSpan(j * size, size));
            MixBlock(x, y);
            (x, y) = (y, x);
        }

        for (var word = 0; word < size; word++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(word * sizeof(uint))..], x[word]);
    }

    // scryptBlockMix, section 4: the even blocks first, then the odd ones.
    private void MixBlock(ReadOnlySpan<uint> from, Span<uint> to)
    {
        Span<uint> x = stackalloc uint[Words];
        from[^Words..].CopyTo(x);
        for (var block = 0; block < 2 * r; block++)
        {
            Xor(x, from.Slice(block * Words, Words));
            Salsa20.Mix8(x);
            x.CopyTo(to.Slice(((block / 2) + (block % 2 * r)) * Words, Words));
        }
    }

    private static void Xor(Span<uint> to, ReadOnlySpan<uint> with)
    {
        var target = MemoryMarshal.Cast<uint, Vector<uint>>(to);
        var source = MemoryMarshal.Cast<uint, Vector<uint>>(with);
        for (var i = 0; i < target.Length; i++)
            target[i] ^= source[i];
    }
}
