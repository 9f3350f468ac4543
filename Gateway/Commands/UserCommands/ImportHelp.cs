namespace Gateway.Commands.UserCommands;

/// <summary>What <c>users import --help</c> says beside its options.</summary>
internal static class ImportHelp
{
    public const string Text = """
        Add and update users from a file; all of them, or none when a line has a fault.

        Users are matched by id or else by e-mail. A field that is absent stays as it is. Who has a password here keeps it, unless
        --passwords is given or it is still a legacy hash of an earlier import.

        Hashes that say by themselves what they are need no format:
          bcrypt ($2a$ $2b$ $2x$ $2y$), md5crypt ($1$), apr1, sha256crypt ($5$), sha512crypt ($6$), yescrypt ($y$),
          phpass ($P$ $H$), Drupal 7 ($S$ U$S$), WordPress ($wp$2y$), Django (pbkdf2_sha256$ pbkdf2_sha1$ bcrypt_sha256$ bcrypt$
          scrypt$ sha1$ md5$), PBKDF2 and scrypt in PHC form or from passlib, ASP.NET Core Identity v2 and v3,
          LDAP ({SSHA} {SHA} {SMD5} {MD5} {SSHA256} {SHA256} {SSHA512} {SHA512} {CRYPT})

        Digests in hexadecimal or base64 are told by their length, or by format:
          md5, sha1, sha256, sha512                   the password; with a salt, the salt and then the password
          md5-salt-before, md5-salt-after             the same for sha1, sha256 and sha512
          aspnet-membership-sha1, -sha256             salt in base64, then the password in UTF-16; aspnet-membership: by length
          aspnet-membership-hmacsha256                the HMAC of .NET 4
          descrypt                                    the traditional crypt(3)
        A salt is text, or bytes as hex:… or base64:…. Case, hyphens and underscores of a format make no difference.
        """;
}
