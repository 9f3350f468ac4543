using System.Security.Cryptography;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Recovery;

/// <summary>The row of a link by which somebody sets their password. A user has one of each kind: a newer one takes its place.</summary>
internal sealed class ResetLink
{
    public required string UserId { get; init; }

    public LinkPurpose Purpose { get; init; }

    /// <summary>As <see cref="LinkToken.HashOf"/> makes it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The user's <see cref="KnownUser.Stamp"/> at that time: a new password, or an operator's decision, makes the link worthless.</summary>
    public required string Stamp { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The numbers are in the database.</summary>
internal enum LinkPurpose
{
    ForgottenPassword = 0,
    Invitation = 1,
}

internal sealed class ResetLinkMapping : IEntityTypeConfiguration<ResetLink>
{
    public const int StampLength = 32;

    public void Configure(EntityTypeBuilder<ResetLink> builder)
    {
        builder.ToTable("ResetLinks");
        builder.HasKey(link => new { link.UserId, link.Purpose });
        builder.Property(link => link.UserId).HasMaxLength(UserId.MaxLength);
        builder.Property(link => link.Hash).HasMaxLength(SHA256.HashSizeInBytes);
        builder.Property(link => link.Stamp).HasMaxLength(StampLength);
        builder.HasIndex(link => link.Hash).IsUnique();
        builder.HasIndex(link => link.ExpiresAt);
        builder.HasOne<GatewayUser>().WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
