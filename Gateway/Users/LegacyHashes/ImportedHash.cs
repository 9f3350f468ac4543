using System.Buffers.Text;
using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>A hash as a file of users has it, with its salt and the name of its format where it needs them.</summary>
/// <param name="Text">What the user database keeps.</param>
/// <param name="Format">What an import counts it by.</param>
internal sealed record ImportedHash(string Text, string Format)
{
    private const string ByLength = " (by its length)";
    private const string SeeHelp = "users import --help lists them";

    /// <exception cref="MalformedHashException">It can't be checked; says why.</exception>
    public static ImportedHash Read(string hash, string? salt, string? format)
    {
        var name = format is null ? null : FormatName.Find(format) ?? throw new MalformedHashException($"the format '{format}' is unknown; {SeeHelp}");
        if (name?.Digest(hash, salt is not null) is { } digest)
            return Of(DigestHash.Of(digest, Salt(salt, digest), hash));
        var known = name is { IsTraditionalCrypt: true } ? Of(LdapHash.ReadCrypt(hash)) : Recognized(hash);
        if (known is null)
            return name is null ? OfItsLength(hash, salt) : throw new MalformedHashException($"it is no hash of the format {format}");
        if (name is not null && !name.Fits(known.Format))
            throw new MalformedHashException($"it is {known.Format}, not {format}");
        // To leave it out would make a password that nobody can enter.
        return salt is null ? known : throw new MalformedHashException($"{known.Format} has its salt within; the salt column must be empty");
    }

    private static ImportedHash? Recognized(string hash) =>
        IdentityHash.TryRead(hash) is { } identity ? OfIdentity(hash, identity) : LegacyHashReader.Read(hash) is { } legacy ? Of(legacy) : null;

    private static ImportedHash OfIdentity(string hash, IdentityHash identity) => identity.Cost <= Pbkdf2Hash.MostIterations
        ? new ImportedHash(hash, identity.Format)
        : throw new MalformedHashException($"{identity.Cost} iterations are more than {Pbkdf2Hash.MostIterations}");

    private static ImportedHash Of(LegacyHash hash) =>
        hash.Hindrance is { } reason ? throw new MalformedHashException($"{hash.Format} can't be checked: {reason}") : new ImportedHash(hash.Text, hash.Format);

    private static ImportedHash OfItsLength(string hash, string? salt)
    {
        var suffix = salt is null ? "" : DigestFormat.SaltBefore;
        var format = DigestFormat.All.FirstOrDefault(format => format.Name.EndsWith(suffix, StringComparison.Ordinal) && IsWhole(hash, format.Length))
            ?? throw new MalformedHashException($"it is none of the formats that are known; {SeeHelp}");
        var digest = Of(DigestHash.Of(format, Salt(salt, format), hash));
        return digest with { Format = digest.Format + ByLength };
    }

    // Base64 with its padding: without it, any password of 22 letters would be an MD5.
    private static bool IsWhole(string hash, int length) =>
        (hash.Length == 2 * length && hash.All(char.IsAsciiHexDigit)) || (Base64.IsValid(hash, out var decoded) && decoded == length);

    private static byte[] Salt(string? salt, DigestFormat format)
    {
        if (salt is null)
            return [];
        if (salt.StartsWith("hex:", StringComparison.OrdinalIgnoreCase))
            return salt.Length % 2 == 0 && salt[4..].All(char.IsAsciiHexDigit) ? Convert.FromHexString(salt[4..]) : throw new MalformedHashException("the salt is not hexadecimal");
        if (salt.StartsWith("base64:", StringComparison.OrdinalIgnoreCase))
            return LooseBase64.TryDecode(salt[7..]) ?? throw new MalformedHashException("the salt is no base64");
        return !format.SaltIsBase64 ? Encoding.UTF8.GetBytes(salt) : LooseBase64.TryDecode(salt) ?? throw new MalformedHashException("the salt is no base64");
    }
}
