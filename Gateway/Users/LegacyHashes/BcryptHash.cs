using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Users.LegacyHashes;

/// <summary>
/// bcrypt by itself, and as Django and WordPress wrap it. It looks at the first 72 bytes of a password and at no more, as the
/// systems did that made these hashes.
/// </summary>
internal sealed partial class BcryptHash(string format, string text, string setting, int cost, Func<byte[], byte[]> prepare)
    : LegacyHash(format, text, 1L << cost)
{
    /// <summary>Two to this power of rounds: some two seconds.</summary>
    public const int MostCost = 15;

    private const int BytesOfAPassword = 72;
    private const int Checksum = 31;
    private const string Probe = "$2b$04$......................";

    private static readonly (string Beginning, string Format, Func<byte[], byte[]> Prepare)[] Kinds =
    [
        ("", "bcrypt", password => password),
        ("bcrypt$", "django-bcrypt", password => password),
        ("bcrypt_sha256$", "django-bcrypt-sha256", password => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password)))),
        ("$wp", "wordpress", password => Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA384.HashData("wp-sha384"u8, Trimmed(password))))),
    ];

    public override string? Hindrance => SystemCrypt.Knows(Probe) ? null : SystemCrypt.Missing;

    public static LegacyHash? Read(string text)
    {
        foreach (var (beginning, format, prepare) in Kinds)
        {
            if (text.StartsWith(beginning + "$2", StringComparison.Ordinal))
                return Read(format, text, text[beginning.Length..], prepare);
        }

        return null;
    }

    protected override bool Fits(string password)
    {
        var bytes = prepare(Encoding.UTF8.GetBytes(password));
        var hash = SystemCrypt.Hash(bytes.AsSpan(0, Math.Min(bytes.Length, BytesOfAPassword)), setting);
        // Two bits of the salt's last character mean nothing; some systems set them, and libcrypt clears them.
        return hash is not null && FixedTime.Equal(hash[^Checksum..], setting[^Checksum..]);
    }

    private static BcryptHash Read(string format, string text, string setting, Func<byte[], byte[]> prepare)
    {
        if (Pattern().Match(setting) is not { Success: true } match)
            throw new MalformedHashException("it begins like bcrypt and does not go on like it");
        var cost = int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
        return cost is >= 4 and <= MostCost
            ? new BcryptHash(format, text, setting, cost, prepare)
            : throw new MalformedHashException($"a bcrypt cost of {cost} is not within 4 and {MostCost}");
    }

    // WordPress takes blanks off a password before it hashes it.
    private static byte[] Trimmed(byte[] password) => password.AsSpan().Trim(" \t\n\r\v"u8).ToArray();

    [GeneratedRegex(@"^\$2[abxy]\$(?<cost>[0-9]{2})\$[./0-9A-Za-z]{53}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
