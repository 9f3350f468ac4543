using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Users;

/// <summary>
/// A line of the change log: something about this user was decided, in the transaction that wrote this line. Every gateway
/// follows the log, so that a decision holds on every node even when it was made while Redis was away.
/// </summary>
internal sealed class UserChange
{
    public long Id { get; init; }

    public required string UserId { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class UserChangeMapping : IEntityTypeConfiguration<UserChange>
{
    public void Configure(EntityTypeBuilder<UserChange> builder)
    {
        builder.ToTable("UserChanges");
        builder.Property(change => change.UserId).HasMaxLength(UserId.MaxLength);
        builder.HasIndex(change => change.At);
    }
}
