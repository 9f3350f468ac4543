namespace Gateway.Users.LegacyHashes;

/// <summary>What directories keep (RFC 2307): a scheme in braces, then the digest with its salt behind it in base64, or a hash of crypt(3).</summary>
internal static class LdapHash
{
    private const string Crypt = "{CRYPT}";
    private const int LongestSalt = 64;

    private static readonly Dictionary<string, string> Digests = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MD5"] = "md5",
        ["SHA"] = "sha1",
        ["SHA256"] = "sha256",
        ["SHA512"] = "sha512",
        ["SMD5"] = "md5",
        ["SSHA"] = "sha1",
        ["SSHA256"] = "sha256",
        ["SSHA512"] = "sha512",
    };

    public static LegacyHash? Read(string text)
    {
        if (!text.StartsWith('{') || text.IndexOf('}', StringComparison.Ordinal) is not (> 0 and var end))
            return null;
        if (text.StartsWith(Crypt, StringComparison.OrdinalIgnoreCase))
            return ReadCrypt(text[Crypt.Length..]);
        var scheme = text[1..end];
        return Digests.TryGetValue(scheme, out var digest)
            ? ReadDigest(text, scheme, digest, LooseBase64.Decode(text[(end + 1)..]))
            : throw new MalformedHashException($"the scheme {{{(scheme.Length > 20 ? "…" : scheme)}}} is unknown");
    }

    /// <summary>A hash of crypt(3); one of the traditional kind can be told by nothing else.</summary>
    public static LegacyHash ReadCrypt(string hash) =>
        BcryptHash.Read(hash) ?? Md5CryptHash.Read(hash) ?? CryptHash.Read(hash) ?? CryptHash.ReadTraditional(Crypt + hash, hash);

    private static DigestHash ReadDigest(string text, string scheme, string digest, byte[] bytes)
    {
        var isSalted = scheme.Length > 3 && scheme.StartsWith('S') && !scheme.StartsWith("SHA", StringComparison.OrdinalIgnoreCase);
        var format = DigestFormat.Find(isSalted ? digest + DigestFormat.SaltAfter : digest)!;
        var salt = bytes.Length - format.Length;
        if (isSalted ? salt is < 1 or > LongestSalt : salt != 0)
            throw new MalformedHashException($"a hash of {bytes.Length} bytes is none of {{{scheme.ToUpperInvariant()}}}");
        return new DigestHash($"ldap-{scheme.ToLowerInvariant()}", text, format, bytes[format.Length..], bytes[..format.Length]);
    }
}
