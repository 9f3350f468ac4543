using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Users.LegacyHashes;

/// <summary>What the crypt(3) of the system checks: sha256crypt, sha512crypt, yescrypt, and the traditional one of DES.</summary>
internal sealed partial class CryptHash(string format, string text, string setting, string probe, long work) : LegacyHash(format, text, work)
{
    /// <summary>Of sha256crypt and sha512crypt: half a second to a second.</summary>
    public const int MostRounds = 1_000_000;

    public const string TraditionalFormat = "descrypt";
    private const int UsualRounds = 5000;

    public override string? Hindrance => SystemCrypt.Knows(probe) ? null : SystemCrypt.Missing;

    protected override int LongestPassword => SystemCrypt.LongestPassword;

    public static LegacyHash? Read(string text)
    {
        if (text.StartsWith("$y$", StringComparison.Ordinal))
            return ReadYescrypt(text);
        var is256 = text.StartsWith("$5$", StringComparison.Ordinal);
        return is256 || text.StartsWith("$6$", StringComparison.Ordinal) ? ReadSha(text, is256 ? "sha256crypt" : "sha512crypt") : null;
    }

    /// <summary>Thirteen characters could be anything; somebody must have said that they are this.</summary>
    public static LegacyHash ReadTraditional(string text, string setting) => Traditional().IsMatch(setting)
        ? new CryptHash(TraditionalFormat, text, setting, "..", work: 1)
        : throw new MalformedHashException("it is no hash of the traditional crypt(3)");

    protected override bool Fits(string password) =>
        SystemCrypt.Hash(Encoding.UTF8.GetBytes(password), setting) is { } hash && FixedTime.Equal(hash, setting);

    private static CryptHash ReadSha(string text, string format)
    {
        var match = (format is "sha256crypt" ? Sha256() : Sha512()).Match(text);
        if (!match.Success)
            throw new MalformedHashException($"it begins like {format} and does not go on like it");
        var rounds = match.Groups["rounds"] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : UsualRounds;
        return rounds is >= 1000 and <= MostRounds
            ? new CryptHash(format, text, text, $"{text[..3]}rounds=1000$a", rounds)
            : throw new MalformedHashException($"{rounds} rounds of {format} are not within 1000 and {MostRounds}");
    }

    private static CryptHash ReadYescrypt(string text)
    {
        if (Yescrypt().Match(text) is not { Success: true } match || YescryptCost.Read(match.Groups["cost"].Value) is not { } cost)
            throw new MalformedHashException("it begins like yescrypt and does not go on like it");
        return cost <= MemoryHard.MostMemory
            ? new CryptHash("yescrypt", text, text, "$y$j75$", cost)
            : throw new MalformedHashException($"yescrypt takes {cost / MemoryHard.Megabyte} MB for it; at most {MemoryHard.MostMemory / MemoryHard.Megabyte} are allowed");
    }

    [GeneratedRegex(@"^\$5\$(rounds=(?<rounds>[1-9][0-9]{3,8})\$)?[!-~-[$:;*!\\]]{0,16}\$[./0-9A-Za-z]{43}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha256();

    [GeneratedRegex(@"^\$6\$(rounds=(?<rounds>[1-9][0-9]{3,8})\$)?[!-~-[$:;*!\\]]{0,16}\$[./0-9A-Za-z]{86}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha512();

    [GeneratedRegex(@"^\$y\$(?<cost>[./0-9A-Za-z]{3,16})\$[./0-9A-Za-z]{0,86}\$[./0-9A-Za-z]{43}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Yescrypt();

    [GeneratedRegex(@"^[./0-9A-Za-z]{13}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Traditional();
}
