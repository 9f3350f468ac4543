using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Users;

/// <summary>
/// What must last: users, roles, remembered browsers, the key ring and the change log. Other capabilities bring their own tables
/// as <see cref="IEntityTypeConfiguration{TEntity}"/> in their own folders.
/// </summary>
internal sealed class UserDatabase(DbContextOptions<UserDatabase> options, TimeProvider clock)
    : IdentityDbContext<GatewayUser, IdentityRole, string>(options)
{
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        LogChangedUsers();
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<GatewayUser>(user =>
        {
            user.ToTable("Users");
            user.Property(u => u.Id).HasMaxLength(UserId.MaxLength);
            user.Property(u => u.Name).HasMaxLength(256);
        });
        builder.Entity<IdentityRole>().ToTable("Roles");
        builder.Entity<IdentityUserRole<string>>().ToTable("UserRoles");
        builder.Entity<IdentityUserClaim<string>>().ToTable("UserClaims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("UserLogins");
        builder.Entity<IdentityUserToken<string>>().ToTable("UserTokens");
        builder.Entity<IdentityRoleClaim<string>>().ToTable("RoleClaims");
        builder.ApplyConfigurationsFromAssembly(typeof(UserDatabase).Assembly);
        UserSearch.AddFunctions(builder, Database.IsSqlite());
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    // Here and not in the callers, so that no way of changing a user can forget to tell the other nodes.
    private void LogChangedUsers()
    {
        var changed = ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Modified or EntityState.Deleted or EntityState.Added)
            .Select(entry => entry switch
            {
                { Entity: GatewayUser user, State: not EntityState.Added } => user.Id,
                { Entity: IdentityUserRole<string> membership } => membership.UserId,
                _ => null,
            })
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Set<UserChange>().AddRange(changed.Select(userId => new UserChange { UserId = userId, At = clock.GetUtcNow() }));
    }

    // SQLite has no type for a point in time that it could compare; a number compares on every engine.
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
