namespace System.IO.Hashing;

/// <summary>XXH3 of more than 240 bytes: blocks of 16 stripes of 64 bytes (xxHash specification, "XXH3 Algorithm Description (for larger inputs)").</summary>
internal static class XxHash3Long
{
    private const int StripeLength = 64;
    private const int BlockLength = 1024;

    internal static ulong Hash(ReadOnlySpan<byte> source, ulong seed)
    {
        Span<byte> secret = stackalloc byte[192];
        Secret.Derive(seed, secret);
        Span<ulong> lanes =
        [
            Prime.P32N3, Prime.P64N1, Prime.P64N2, Prime.P64N3, Prime.P64N4, Prime.P32N2, Prime.P64N5, Prime.P32N1,
        ];

        // The last stripe always ends with the input and overlaps the one before, so a full last block has one stripe less.
        var rest = source[..^1];
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..])
        {
            AccumulateStripes(lanes, rest[..BlockLength], secret);
            Scramble(lanes, secret[^StripeLength..]);
        }
        AccumulateStripes(lanes, rest, secret);
        Accumulate(lanes, source[^StripeLength..], secret[(192 - StripeLength - 7)..]);

        var hash = (ulong)source.Length * Prime.P64N1;
        for (var i = 0; i < 8; i += 2)
            hash += XxHash3.Fold(lanes[i] ^ Bytes.U64(secret, 11 + 8 * i), lanes[i + 1] ^ Bytes.U64(secret, 19 + 8 * i));
        return XxHash3.Avalanche(hash);
    }

    private static void AccumulateStripes(Span<ulong> lanes, ReadOnlySpan<byte> block, ReadOnlySpan<byte> secret)
    {
        for (; block.Length >= StripeLength; block = block[StripeLength..], secret = secret[8..])
            Accumulate(lanes, block, secret);
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            var value = Bytes.U64(stripe, 8 * i);
            var key = value ^ Bytes.U64(secret, 8 * i);
            lanes[i ^ 1] += value;
            lanes[i] += (uint)key * (key >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = (lanes[i] ^ (lanes[i] >> 47) ^ Bytes.U64(secret, 8 * i)) * Prime.P32N1;
    }
}
