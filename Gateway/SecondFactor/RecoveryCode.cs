using System.Security.Cryptography;
using System.Text;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.SecondFactor;

/// <summary>
/// A code for the day when the app is gone; good for one time. 24 characters of 32 are 120 random bits, for which a plain hash is enough
/// (OWASP ASVS 5.0, 6.5.2).
/// </summary>
internal sealed class RecoveryCode
{
    /// <summary>How many a user gets at a time.</summary>
    public const int Count = 10;

    public const int Length = 24;

    // Without what is read as something else.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int GroupLength = 4;

    public required string UserId { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>As people read it: in groups.</summary>
    public static string Show(string code) => string.Join('-', code.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>The hash of what was typed, whatever stands between the characters; null for what can't be a code.</summary>
    public static string? HashOf(string typed)
    {
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return code.Length == Length ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code))) : null;
    }
}

internal sealed class RecoveryCodeMapping : IEntityTypeConfiguration<RecoveryCode>
{
    public const int HashLength = 64;

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(code => new { code.UserId, code.Hash });
        builder.Property(code => code.UserId).HasMaxLength(UserId.MaxLength);
        builder.Property(code => code.Hash).HasMaxLength(HashLength);
        builder.HasOne<GatewayUser>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
