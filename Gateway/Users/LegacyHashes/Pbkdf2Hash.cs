using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Users.LegacyHashes;

/// <summary>PBKDF2 as Django writes it (<c>pbkdf2_sha256$…</c>), in PHC form (<c>$pbkdf2-sha256$i=…</c>), and as passlib does (no <c>i=</c>).</summary>
internal sealed partial class Pbkdf2Hash(string format, string text, HashAlgorithmName digest, int iterations, byte[] salt, byte[] key)
    : LegacyHash(format, text, (long)iterations * Blocks(digest, key))
{
    /// <summary>Each makes one block of the key: two seconds of SHA-512.</summary>
    public const int MostIterations = 5_000_000;

    private const int ShortestKey = 16;
    private const int LongestKey = 64;

    public static LegacyHash? Read(string text)
    {
        var isDjango = text.StartsWith("pbkdf2_", StringComparison.Ordinal);
        if (!isDjango && !text.StartsWith("$pbkdf2", StringComparison.Ordinal))
            return null;
        var match = (isDjango ? Django() : Phc()).Match(text);
        if (!match.Success || !int.TryParse(match.Groups["iterations"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
            throw new MalformedHashException("it begins like PBKDF2 and does not go on like it");
        var name = match.Groups["digest"] is { Success: true } group ? group.Value : "sha1";
        var salt = match.Groups["salt"].Value;
        var hash = new Pbkdf2Hash(
            $"{(isDjango ? "django-" : "")}pbkdf2-{name}",
            text,
            Digest(name),
            iterations,
            isDjango ? Encoding.UTF8.GetBytes(salt) : LooseBase64.Decode(salt),
            LooseBase64.Decode(match.Groups["key"].Value));
        return hash.Checked();
    }

    protected override bool Fits(string password) =>
        FixedTime.Equal(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, digest, key.Length), key);

    private Pbkdf2Hash Checked()
    {
        if (key.Length is < ShortestKey or > LongestKey)
            throw new MalformedHashException($"a PBKDF2 key of {key.Length} bytes is not within {ShortestKey} and {LongestKey}");
        return Work is >= 1 and <= MostIterations
            ? this
            : throw new MalformedHashException($"{iterations} iterations of PBKDF2 for a key of {key.Length} bytes are not within 1 and {MostIterations}");
    }

    private static HashAlgorithmName Digest(string name) => name switch
    {
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        _ => HashAlgorithmName.SHA512,
    };

    private static int Blocks(HashAlgorithmName digest, byte[] key)
    {
        var block = digest == HashAlgorithmName.SHA1 ? 20 : digest == HashAlgorithmName.SHA256 ? 32 : 64;
        return (key.Length + block - 1) / block;
    }

    [GeneratedRegex(@"^pbkdf2_(?<digest>sha1|sha256|sha512)\$(?<iterations>[0-9]{1,9})\$(?<salt>[^$]*)\$(?<key>[^$]+)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Django();

    [GeneratedRegex(@"^\$pbkdf2(-(?<digest>sha1|sha256|sha512))?\$(i=)?(?<iterations>[0-9]{1,9})(,l=[0-9]{1,3})?\$(?<salt>[^$]*)\$(?<key>[^$]+)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phc();
}
