using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Users.LegacyHashes;

/// <summary>scrypt in PHC form (<c>$scrypt$ln=…,r=…,p=…</c>), as passlib writes it too, and as Django does (<c>scrypt$N$salt$r$p$…</c>).</summary>
internal sealed partial class ScryptHash(string format, string text, Scrypt scrypt, byte[] salt, byte[] key) : LegacyHash(format, text, scrypt.Work)
{
    private const int ShortestKey = 16;
    private const int LongestKey = 64;

    public static LegacyHash? Read(string text)
    {
        var isDjango = text.StartsWith("scrypt$", StringComparison.Ordinal);
        if (!isDjango && !text.StartsWith("$scrypt$", StringComparison.Ordinal))
            return null;
        var match = (isDjango ? Django() : Phc()).Match(text);
        if (!match.Success)
            throw new MalformedHashException("it begins like scrypt and does not go on like it");
        var (blocks, salt) = (Number("n"), match.Groups["salt"].Value);
        var scrypt = Scrypt.Within(isDjango ? blocks : 1L << (int)Math.Min(blocks, 62), Number("r"), Number("p"));
        var key = LooseBase64.Decode(match.Groups["key"].Value);
        if (key.Length is < ShortestKey or > LongestKey)
            throw new MalformedHashException($"an scrypt key of {key.Length} bytes is not within {ShortestKey} and {LongestKey}");
        return new ScryptHash(isDjango ? "django-scrypt" : "scrypt", text, scrypt, isDjango ? Encoding.UTF8.GetBytes(salt) : LooseBase64.Decode(salt), key);

        long Number(string name) => long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    protected override bool Fits(string password) => FixedTime.Equal(scrypt.Derive(Encoding.UTF8.GetBytes(password), salt, key.Length), key);

    [GeneratedRegex(@"^\$scrypt\$ln=(?<n>[0-9]{1,2}),r=(?<r>[0-9]{1,9}),p=(?<p>[0-9]{1,9})\$(?<salt>[^$]*)\$(?<key>[^$]+)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phc();

    [GeneratedRegex(@"^scrypt\$(?<n>[0-9]{1,9})\$(?<salt>[^$]*)\$(?<r>[0-9]{1,9})\$(?<p>[0-9]{1,9})\$(?<key>[^$]+)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Django();
}
