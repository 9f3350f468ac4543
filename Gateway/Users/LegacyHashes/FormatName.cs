namespace Gateway.Users.LegacyHashes;

/// <summary>What a file says in its column <c>format</c>; case, hyphens, underscores and blanks make no difference.</summary>
internal sealed class FormatName
{
    // Those that a hash shows by itself.
    private static readonly string[] Shown =
    [
        "bcrypt", "django-bcrypt", "django-bcrypt-sha256", "wordpress", "md5crypt", "apr1", "sha256crypt", "sha512crypt", "yescrypt", "phpass", "drupal7",
        "django-pbkdf2-sha1", "django-pbkdf2-sha256", "django-sha1", "django-md5", "django-scrypt", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512", "scrypt",
        "ldap-md5", "ldap-smd5", "ldap-sha", "ldap-ssha", "ldap-sha256", "ldap-ssha256", "ldap-sha512", "ldap-ssha512", "ldap-crypt",
        IdentityHash.Version2, IdentityHash.Version3,
    ];

    private readonly string name;

    private FormatName(string name) => this.name = name;

    public bool IsTraditionalCrypt => name is CryptHash.TraditionalFormat;

    /// <summary>Null for a name that nobody knows.</summary>
    public static FormatName? Find(string text)
    {
        var found = new FormatName(Bare(text));
        return found.name.Length > 2 && (found.IsTraditionalCrypt || found.IsDigest || Shown.Any(found.Fits)) ? found : null;
    }

    /// <summary>A part will do: <c>django</c>, <c>pbkdf2</c>, <c>identity</c>.</summary>
    public bool Fits(string format) => Bare(format).Contains(name, StringComparison.Ordinal);

    /// <summary>Null when a hash of this format shows it by itself.</summary>
    public DigestFormat? Digest(string hash, bool isSalted)
    {
        if (name is "aspnetmembership")
            return DigestFormat.All.First(format => format.Name.StartsWith(DigestFormat.Membership, StringComparison.Ordinal) && (format.Length == (hash.Length > 28 ? 32 : 20)));
        if (isSalted && DigestFormat.All.FirstOrDefault(format => string.Equals(Bare(format.Name), name + Bare(DigestFormat.SaltBefore), StringComparison.Ordinal)) is { } salted)
            return salted;
        return DigestFormat.All.FirstOrDefault(format => string.Equals(Bare(format.Name), name, StringComparison.Ordinal));
    }

    private bool IsDigest => Digest("", isSalted: false) is not null;

    private static string Bare(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
