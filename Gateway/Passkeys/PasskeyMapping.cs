using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Passkeys;

/// <summary>Identity's passkeys, in a table of the gateway's naming and without what else its third schema changes.</summary>
internal sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<string>>
{
    /// <summary>Bytes; WebAuthn allows 1023.</summary>
    public const int IdLength = 1024;

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<string>> builder)
    {
        builder.ToTable("Passkeys");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(IdLength);
        builder.Property(passkey => passkey.UserId).HasMaxLength(UserId.MaxLength);
        builder.OwnsOne(passkey => passkey.Data, data => data.ToJson());
        builder.HasOne<GatewayUser>().WithMany().HasForeignKey(passkey => passkey.UserId).IsRequired().OnDelete(DeleteBehavior.Cascade);
    }
}
