using Gateway.Sessions;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.RememberMe;

/// <summary>The row that remembers a browser. Deleting it makes the browser's cookie worthless at once.</summary>
internal sealed class RememberedBrowser
{
    public const int IdLength = 22;

    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>SHA-256 of the secret in the cookie: with the key ring alone nobody can make a cookie that fits the row.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>The user's <see cref="KnownUser.Stamp"/> when the password was entered.</summary>
    public required string Stamp { get; init; }

    /// <summary>When the browser was remembered.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What its visitor has shown: a restored session has proven that and no more.</summary>
    public Proofs Proofs { get; init; } = Proofs.Password;

    /// <summary>When the password was entered, or the passkey used, that the browser was remembered for.</summary>
    public DateTimeOffset ProvenAt { get; init; }

    /// <summary>Nothing moves it: neither use nor a restored session (OWASP ASVS 5.0, 7.3.2).</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the browser called itself, for people who look for their devices.</summary>
    public string? UserAgent { get; init; }

    public string? Address { get; init; }
}

internal sealed class RememberedBrowserMapping : IEntityTypeConfiguration<RememberedBrowser>
{
    public const int UserAgentLength = 256;

    public void Configure(EntityTypeBuilder<RememberedBrowser> builder)
    {
        builder.ToTable("RememberedBrowsers");
        builder.Property(browser => browser.Id).HasMaxLength(RememberedBrowser.IdLength);
        builder.Property(browser => browser.UserId).HasMaxLength(UserId.MaxLength);
        builder.Property(browser => browser.SecretHash).HasMaxLength(32);
        builder.Property(browser => browser.Stamp).HasMaxLength(32);
        builder.Property(browser => browser.UserAgent).HasMaxLength(UserAgentLength);
        builder.Property(browser => browser.Address).HasMaxLength(64);
        builder.HasIndex(browser => browser.UserId);
        builder.HasIndex(browser => browser.ExpiresAt);
        builder.HasOne<GatewayUser>().WithMany().HasForeignKey(browser => browser.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
