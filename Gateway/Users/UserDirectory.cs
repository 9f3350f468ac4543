using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

/// <summary>Looks users up. <em>Not found</em> is null; a database that can't answer is an exception.</summary>
internal sealed class UserDirectory(UserDatabase database)
{
    public async Task<KnownUser?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);
        return user is null ? null : await DescribeAsync(user, cancellationToken);
    }

    public async Task<KnownUser> DescribeAsync(GatewayUser user, CancellationToken cancellationToken)
    {
        var roles = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            where membership.UserId == user.Id && role.Name != null
            select role.Name!).ToListAsync(cancellationToken);
        roles.Sort(StringComparer.Ordinal);
        return new KnownUser(user.Id, user.Email!, user.Name, roles, KnownUser.StampOf(user), user.Disabled);
    }
}
