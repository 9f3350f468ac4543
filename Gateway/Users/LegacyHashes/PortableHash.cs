using System.Security.Cryptography;
using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// phpass's portable hashes (<c>$P$</c>; phpBB writes <c>$H$</c>) and Drupal 7's (<c>$S$</c>): MD5 or SHA-512, again and again. With a
/// U before it, Drupal hashed the MD5 of the password that an older release had kept.
/// </summary>
internal sealed class PortableHash(string format, string text, string hash, int logarithm) : LegacyHash(format, text, 1L << logarithm)
{
    /// <summary>Two to this power of rounds: half a second.</summary>
    public const int MostLogarithm = 20;

    private const int LeastLogarithm = 7;
    private const int SettingLength = 12;
    private const int PhpassLength = 34;
    private const int DrupalLength = 55;

    // Drupal's own limit, and for phpass what keeps a million rounds short.
    protected override int LongestPassword => 512;

    public static LegacyHash? Read(string text)
    {
        var hash = text.StartsWith("U$", StringComparison.Ordinal) ? text[1..] : text;
        var isDrupal = hash.StartsWith("$S$", StringComparison.Ordinal);
        if (!isDrupal && !hash.StartsWith("$P$", StringComparison.Ordinal) && !hash.StartsWith("$H$", StringComparison.Ordinal))
            return null;
        var format = isDrupal ? "drupal7" : "phpass";
        if (hash.Length != (isDrupal ? DrupalLength : PhpassLength) || !hash.AsSpan(SettingLength).ToArray().All(digit => CryptAlphabet.ValueOf(digit) >= 0))
            throw new MalformedHashException($"it begins like {format} and does not go on like it");
        var logarithm = CryptAlphabet.ValueOf(hash[3]);
        return logarithm is >= LeastLogarithm and <= MostLogarithm
            ? new PortableHash(format, text, hash, logarithm)
            : throw new MalformedHashException($"2^{logarithm} rounds of {format} are not within 2^{LeastLogarithm} and 2^{MostLogarithm}");
    }

    protected override bool Fits(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        if (Text[0] == 'U')
            bytes = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(bytes)));
        var encoded = CryptAlphabet.Encode(Repeat(bytes, hash[1] == 'S' ? SHA512.HashData : MD5.HashData));
        return FixedTime.Equal(encoded[..(hash.Length - SettingLength)], hash[SettingLength..]);
    }

    private byte[] Repeat(byte[] password, Func<byte[], byte[]> digest)
    {
        var sum = digest([.. Encoding.UTF8.GetBytes(hash[4..SettingLength]), .. password]);
        var input = (byte[])[.. sum, .. password];
        for (var round = Work; round > 0; round--)
            digest(input).CopyTo(input, 0);
        return input[..sum.Length];
    }
}
