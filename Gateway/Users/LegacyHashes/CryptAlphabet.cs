using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>The digits in which crypt(3) and those that follow it write: six bits each, the lowest first.</summary>
internal static class CryptAlphabet
{
    private const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>0 to 63, or -1.</summary>
    public static int ValueOf(char digit) => Digits.IndexOf(digit, StringComparison.Ordinal);

    /// <summary>Three bytes make four digits, the first byte the lowest.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (; bytes.Length > 0; bytes = bytes[Math.Min(3, bytes.Length)..])
        {
            var value = bytes[0] | (bytes.Length > 1 ? bytes[1] << 8 : 0) | (bytes.Length > 2 ? bytes[2] << 16 : 0);
            Append(text, value, Math.Min(bytes.Length + 1, 4));
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, int value, int digits)
    {
        for (; digits > 0; digits--, value >>= 6)
            text.Append(Digits[value & 63]);
    }
}
