using System.Security.Cryptography;
using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>A way to make a digest of a salt and a password, once and without any cost.</summary>
/// <param name="Name">As an import knows it.</param>
/// <param name="Length">Of the digest, in bytes.</param>
/// <param name="Characters">How the password becomes bytes.</param>
/// <param name="SaltIsBase64">Or text, where nothing else is said.</param>
internal sealed record DigestFormat(string Name, int Length, Func<byte[], byte[], byte[]> Digest, Encoding Characters, bool SaltIsBase64 = false)
{
    public const string SaltBefore = "-salt-before";
    public const string SaltAfter = "-salt-after";
    public const string Membership = "aspnet-membership-";

    private const int HmacKey = 64;

    /// <summary>The plain ones come first.</summary>
    public static IReadOnlyList<DigestFormat> All { get; } =
    [
        .. Of("", (_, password) => password),
        .. Of(SaltBefore, (salt, password) => [.. salt, .. password]),
        .. Of(SaltAfter, (salt, password) => [.. password, .. salt]),
        OfMembership("sha1", 20, (salt, password) => SHA1.HashData([.. salt, .. password])),
        OfMembership("sha256", 32, (salt, password) => SHA256.HashData([.. salt, .. password])),
        OfMembership("hmacsha256", 32, (salt, password) => HMACSHA256.HashData(Repeated(salt), password)),
    ];

    public static DigestFormat? Find(string name) => All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal));

    private static DigestFormat[] Of(string suffix, Func<byte[], byte[], byte[]> join) =>
    [
        new("md5" + suffix, 16, (salt, password) => MD5.HashData(join(salt, password)), Encoding.UTF8),
        new("sha1" + suffix, 20, (salt, password) => SHA1.HashData(join(salt, password)), Encoding.UTF8),
        new("sha256" + suffix, 32, (salt, password) => SHA256.HashData(join(salt, password)), Encoding.UTF8),
        new("sha512" + suffix, 64, (salt, password) => SHA512.HashData(join(salt, password)), Encoding.UTF8),
    ];

    private static DigestFormat OfMembership(string name, int length, Func<byte[], byte[], byte[]> digest) =>
        new(Membership + name, length, digest, Encoding.Unicode, SaltIsBase64: true);

    // As SqlMembershipProvider fills the key of an HMAC.
    private static byte[] Repeated(byte[] salt) => [.. Enumerable.Range(0, salt.Length == 0 ? 0 : HmacKey).Select(index => salt[index % salt.Length])];
}
