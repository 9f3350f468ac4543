using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// The MD5 of Poul-Henning Kamp, 1000 rounds of it: <c>$1$</c> of crypt(3), and Apache's <c>$apr1$</c>, which no libcrypt knows. They
/// differ by their names, which are hashed as well.
/// </summary>
internal sealed partial class Md5CryptHash(string format, string text, string magic, string salt, string checksum) : LegacyHash(format, text, Rounds)
{
    private const int Rounds = 1000;

    // Which bytes of the digest come together, and in which order, in four digits each.
    private static readonly (int High, int Middle, int Low)[] Order = [(0, 6, 12), (1, 7, 13), (2, 8, 14), (3, 9, 15), (4, 10, 5)];

    public static LegacyHash? Read(string text)
    {
        var format = text.StartsWith("$1$", StringComparison.Ordinal) ? "md5crypt" : "apr1";
        if (format is "apr1" && !text.StartsWith("$apr1$", StringComparison.Ordinal))
            return null;
        return Pattern().Match(text) is { Success: true } match
            ? new Md5CryptHash(format, text, match.Groups["magic"].Value, match.Groups["salt"].Value, match.Groups["checksum"].Value)
            : throw new MalformedHashException($"it begins like {format} and does not go on like it");
    }

    protected override bool Fits(string password) => FixedTime.Equal(Hash(Encoding.UTF8.GetBytes(password)), checksum);

    private string Hash(byte[] password)
    {
        var salted = Encoding.ASCII.GetBytes(salt);
        var digest = Start(password, salted);
        for (var round = 0; round < Rounds; round++)
        {
            var odd = round % 2 == 1;
            digest = MD5.HashData([
                .. odd ? password : digest,
                .. round % 3 == 0 ? [] : salted,
                .. round % 7 == 0 ? [] : password,
                .. odd ? digest : password]);
        }

        return Encode(digest);
    }

    private byte[] Start(byte[] password, byte[] salted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData([.. password, .. Encoding.ASCII.GetBytes(magic), .. salted]);
        var inner = MD5.HashData([.. password, .. salted, .. password]);
        for (var left = password.Length; left > 0; left -= inner.Length)
            hash.AppendData(inner, 0, Math.Min(left, inner.Length));
        for (var bits = password.Length; bits > 0; bits >>= 1)
            hash.AppendData((bits & 1) == 1 ? [0] : [password[0]]);
        return hash.GetHashAndReset();
    }

    private static string Encode(byte[] digest)
    {
        var encoded = new StringBuilder();
        foreach (var (high, middle, low) in Order)
            CryptAlphabet.Append(encoded, (digest[high] << 16) | (digest[middle] << 8) | digest[low], digits: 4);
        CryptAlphabet.Append(encoded, digest[11], digits: 2);
        return encoded.ToString();
    }

    [GeneratedRegex(@"^(?<magic>\$(1|apr1)\$)(?<salt>[!-~-[$]]{0,8})\$(?<checksum>[./0-9A-Za-z]{22})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
