using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gateway.Users.LegacyHashes;

/// <summary>Salsa20/8, the core of scrypt (RFC 7914 section 3), four words at a time.</summary>
internal static class Salsa20
{
    private static readonly int[] Diagonals = [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];

    /// <param name="words">Sixteen, in the order of the specification.</param>
    public static void Mix8(Span<uint> words)
    {
        Span<uint> turned = stackalloc uint[16];
        for (var i = 0; i < 16; i++)
            turned[i] = words[Diagonals[i]];
        var (a, b, c, d) = (Vector128.Create(turned[..4]), Vector128.Create(turned[4..8]), Vector128.Create(turned[8..12]), Vector128.Create(turned[12..]));
        var (a0, b0, c0, d0) = (a, b, c, d);
        for (var round = 0; round < 4; round++)
        {
            // The columns, then the rows; between them the diagonals are turned so that they lie side by side again.
            Quarter(ref a, ref b, ref c, ref d);
            (b, c, d) = (Turn(b, 3), Turn(c, 2), Turn(d, 1));
            Quarter(ref a, ref d, ref c, ref b);
            (b, c, d) = (Turn(b, 1), Turn(c, 2), Turn(d, 3));
        }

        (a + a0).CopyTo(turned);
        (b + b0).CopyTo(turned[4..]);
        (c + c0).CopyTo(turned[8..]);
        (d + d0).CopyTo(turned[12..]);
        for (var i = 0; i < 16; i++)
            words[Diagonals[i]] = turned[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        b ^= Rotate(a + d, 7);
        c ^= Rotate(b + a, 9);
        d ^= Rotate(c + b, 13);
        a ^= Rotate(d + c, 18);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> words, int bits) => (words << bits) | (words >>> (32 - bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Turn(Vector128<uint> words, int by) => by switch
    {
        1 => Vector128.Shuffle(words, Vector128.Create(1u, 2, 3, 0)),
        2 => Vector128.Shuffle(words, Vector128.Create(2u, 3, 0, 1)),
        _ => Vector128.Shuffle(words, Vector128.Create(3u, 0, 1, 2)),
    };
}
