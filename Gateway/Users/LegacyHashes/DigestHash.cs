using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// A digest with or without a salt. What does not say by itself how it was made is kept as <c>legacy$FORMAT$SALT$DIGEST</c>, the last
/// two in base64; Django's <c>sha1$SALT$HEX</c> and <c>md5$SALT$HEX</c> say it.
/// </summary>
internal sealed class DigestHash(string name, string text, DigestFormat format, byte[] salt, byte[] digest) : LegacyHash(name, text, work: 1)
{
    private const string Own = "legacy";

    public static LegacyHash? Read(string text)
    {
        var parts = text.Split('$');
        if (parts is [Own, var name, var salt, var digest])
        {
            return DigestFormat.Find(name) is { } format && LooseBase64.TryDecode(digest) is { } bytes && bytes.Length == format.Length
                ? new DigestHash(name, text, format, LooseBase64.Decode(salt), bytes)
                : throw new MalformedHashException("it begins like a digest and does not go on like it");
        }

        return parts is ["md5" or "sha1", var characters, var hex]
            ? Of($"django-{parts[0]}", text, DigestFormat.Find(parts[0] + DigestFormat.SaltBefore)!, Encoding.UTF8.GetBytes(characters), hex)
            : null;
    }

    /// <param name="written">In hexadecimal digits or base64.</param>
    /// <exception cref="MalformedHashException">It is neither, or not as long as such a digest.</exception>
    public static DigestHash Of(DigestFormat format, byte[] salt, string written)
    {
        var text = $"{Own}${format.Name}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Decode(written, format))}";
        return Of(format.Name, text, format, salt, written);
    }

    protected override bool Fits(string password) => FixedTime.Equal(format.Digest(salt, format.Characters.GetBytes(password)), digest);

    private static DigestHash Of(string name, string text, DigestFormat format, byte[] salt, string written) =>
        new(name, text, format, salt, Decode(written, format));

    private static byte[] Decode(string written, DigestFormat format)
    {
        // As SQL Server shows bytes.
        var hex = written.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? written[2..] : written;
        if (hex.Length == format.Length * 2 && hex.All(char.IsAsciiHexDigit))
            return Convert.FromHexString(hex);
        return LooseBase64.TryDecode(written) is { } bytes && bytes.Length == format.Length
            ? bytes
            : throw new MalformedHashException($"{format.Name} is {format.Length} bytes in hexadecimal digits or base64");
    }
}
