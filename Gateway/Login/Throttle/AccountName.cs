using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login.Throttle;

/// <summary>
/// The account that a login is for, whether it exists or not: one for all spellings of an address (CVE-2025-24806), and hashed, because
/// some type their password where the address should be.
/// </summary>
internal sealed class AccountName
{
    private readonly byte[] hash;

    private AccountName(byte[] hash) => this.hash = hash;

    public ReadOnlySpan<byte> Hash => hash;

    /// <summary>For the log.</summary>
    public string Short => ToString()[..12];

    public static AccountName Of(string email, ILookupNormalizer normalizer) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(normalizer.NormalizeEmail(email) ?? "")));

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(hash);
}
