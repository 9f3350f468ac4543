namespace Gateway.Users.LegacyHashes;

/// <summary>Recognizes password hashes that say by themselves what they are.</summary>
internal static class LegacyHashReader
{
    // Longer than any of them with its salt.
    private const int LongestText = 2048;

    private static readonly Func<string, LegacyHash?>[] Formats =
    [
        BcryptHash.Read,
        Md5CryptHash.Read,
        CryptHash.Read,
        PortableHash.Read,
        Pbkdf2Hash.Read,
        ScryptHash.Read,
        LdapHash.Read,
        DigestHash.Read,
    ];

    /// <summary>Null when no format begins like that.</summary>
    /// <exception cref="MalformedHashException">It begins like a hash and is none, or one that costs too much.</exception>
    public static LegacyHash? Read(string text)
    {
        if (text.Length > LongestText)
            throw new MalformedHashException($"a hash has at most {LongestText} characters");
        if (text.StartsWith("$argon2", StringComparison.Ordinal))
            throw new MalformedHashException("Argon2 can't be checked");
        foreach (var read in Formats)
        {
            if (read(text) is { } hash)
                return hash;
        }

        return null;
    }

    /// <summary>The same of what is in the database: whatever is wrong with it, nobody logs in with it.</summary>
    public static LegacyHash? TryRead(string text)
    {
        try
        {
            return Read(text);
        }
        catch (MalformedHashException)
        {
            return null;
        }
    }
}
