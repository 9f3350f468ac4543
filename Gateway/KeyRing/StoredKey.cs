using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.KeyRing;

/// <summary>One element of the data protection key ring, as XML.</summary>
internal sealed class StoredKey
{
    /// <summary>The name data protection gives it, such as <c>key-…</c>.</summary>
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

internal sealed class StoredKeyMapping : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder)
    {
        builder.ToTable("DataProtectionKeys");
        builder.HasKey(key => key.Name);
        builder.Property(key => key.Name).HasMaxLength(128);
    }
}
