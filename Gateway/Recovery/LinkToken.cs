using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Recovery;

/// <summary>
/// What a link carries: 256 random bits in base64url (OWASP ASVS 5.0, 7.2.3). The database has their hash alone: who reads it opens
/// nothing by it.
/// </summary>
internal static class LinkToken
{
    private const int Bytes = 32;
    private const int Characters = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 of the token; null for what can't be one.</summary>
    public static byte[]? HashOf(string? token) => token is { Length: Characters } && Base64Url.IsValid(token)
        ? SHA256.HashData(Base64Url.DecodeFromChars(token))
        : null;
}
