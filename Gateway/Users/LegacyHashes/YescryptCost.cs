namespace Gateway.Users.LegacyHashes;

/// <summary>
/// What is behind <c>$y$</c>: the flavour, the logarithm of the blocks and their size, each a number of variable length as
/// libxcrypt's <c>decode64_uint32</c> reads it. More than these three no tool writes.
/// </summary>
internal static class YescryptCost
{
    private const int BytesOfABlock = 128;

    /// <summary>The memory it takes, in bytes; null when the text is malformed.</summary>
    public static long? Read(string text)
    {
        var rest = text.AsSpan();
        if (Number(ref rest) is null || Number(ref rest) is not { } logarithm || Number(ref rest) is not { } size || rest.Length > 0)
            return null;
        // Both count from 1.
        return logarithm + 1 > 32 || size > 1 << 20 ? long.MaxValue : (BytesOfABlock * (size + 1)) << (int)(logarithm + 1);
    }

    // The first digit tells by its range how many follow: up to 47 none, of the rest half have one more, and so on.
    private static long? Number(ref ReadOnlySpan<char> text)
    {
        var (start, end, digits, bits) = (0, 47, 1, 0);
        if (text.IsEmpty || CryptAlphabet.ValueOf(text[0]) is not (>= 0 and var first))
            return null;
        var number = 0L;
        while (first > end)
        {
            number += (long)(end + 1 - start) << bits;
            (start, end) = (end + 1, end + 1 + ((62 - end) / 2));
            (digits, bits) = (digits + 1, bits + 6);
        }

        if (text.Length < digits)
            return null;
        number += (long)(first - start) << bits;
        foreach (var digit in text[1..digits])
            number += (long)CryptAlphabet.ValueOf(digit) << (bits -= 6);
        text = text[digits..];
        return number;
    }
}
