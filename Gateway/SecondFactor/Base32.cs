using System.Text;

namespace Gateway.SecondFactor;

/// <summary>The text of a secret that people type into an app (RFC 4648 section 6), without padding.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerCharacter = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var next in bytes)
        {
            buffer = ((buffer << 8) | next) & 0xFFFF;
            for (bits += 8; bits >= BitsPerCharacter; bits -= BitsPerCharacter)
                text.Append(Alphabet[(buffer >> (bits - BitsPerCharacter)) & 31]);
        }

        if (bits > 0)
            text.Append(Alphabet[(buffer << (BitsPerCharacter - bits)) & 31]);
        return text.ToString();
    }
}
