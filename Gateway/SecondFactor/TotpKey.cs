using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.SecondFactor;

/// <summary>What a user's authenticator app and the gateway share.</summary>
internal sealed class TotpKey
{
    public required string UserId { get; init; }

    /// <summary>Protected by the key ring, for this user alone.</summary>
    public required string Secret { get; init; }

    /// <summary>The time step of the last code that was accepted: neither it nor an earlier one is accepted again (RFC 6238 section 5.2).</summary>
    public long LastStep { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class TotpKeyMapping : IEntityTypeConfiguration<TotpKey>
{
    public const int SecretLength = 512;

    public void Configure(EntityTypeBuilder<TotpKey> builder)
    {
        builder.ToTable("TotpKeys");
        builder.HasKey(key => key.UserId);
        builder.Property(key => key.UserId).HasMaxLength(UserId.MaxLength);
        builder.Property(key => key.Secret).HasMaxLength(SecretLength);
        builder.HasOne<GatewayUser>().WithMany().HasForeignKey(key => key.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
