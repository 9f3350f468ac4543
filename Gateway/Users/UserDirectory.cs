using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

/// <summary>Looks users up. <em>Not found</em> is null; a database that can't answer is an exception.</summary>
internal sealed class UserDirectory(UserDatabase database)
{
    public async Task<KnownUser?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        // In a single statement, like what asks for it in the same breath as a remembered browser.
        var rows = await (
            from user in database.Users.AsNoTracking()
            where user.Id == userId
            from membership in database.UserRoles.Where(membership => membership.UserId == user.Id).DefaultIfEmpty()
            from role in database.Roles.Where(role => role.Id == membership!.RoleId).DefaultIfEmpty()
            select new UserRow { User = user, Role = role!.Name }).ToListAsync(cancellationToken);
        return Known(rows);
    }

    /// <summary>The user whom a request has just changed; null when somebody has decided about them since, and meant all that is signed in.</summary>
    /// <param name="stamp">That the change gave them.</param>
    public async Task<KnownUser?> FindUnchangedAsync(string userId, string stamp, CancellationToken cancellationToken) =>
        await FindAsync(userId, cancellationToken) is { } user && string.Equals(user.Stamp, stamp, StringComparison.Ordinal) ? user : null;

    /// <summary>The one user that some rows are of.</summary>
    public static KnownUser? Known(IReadOnlyList<UserRow> rows) =>
        rows.Count == 0 ? null : Known(rows[0].User, rows.Select(row => row.Role).OfType<string>());

    public async Task<KnownUser> DescribeAsync(GatewayUser user, CancellationToken cancellationToken)
    {
        var roles = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            where membership.UserId == user.Id && role.Name != null
            select role.Name!).ToListAsync(cancellationToken);
        return Known(user, roles);
    }

    private static KnownUser Known(GatewayUser user, IEnumerable<string> roles) =>
        new(user.Id, user.Email!, user.Name, [.. roles.Order(StringComparer.Ordinal)], KnownUser.StampOf(user), user.Disabled)
        {
            HasSecondFactor = user.TwoFactorEnabled,
            NeedsSecondFactor = user.NeedsSecondFactor,
        };
}

/// <summary>A user and one of their roles, or none.</summary>
internal sealed class UserRow
{
    public required GatewayUser User { get; init; }

    public required string? Role { get; init; }
}
