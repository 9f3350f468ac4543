using Microsoft.EntityFrameworkCore;

namespace Gateway.Users.Transfer;

/// <summary>All users as records, in the order of their e-mail addresses; what it gives, an import takes.</summary>
internal sealed class UserExport(UserDatabase database)
{
    public async Task<IReadOnlyList<UserRecord>> RunAsync(CancellationToken cancellationToken)
    {
        var memberships = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            select new { membership.UserId, role.Name }).ToListAsync(cancellationToken);
        var roles = memberships.ToLookup(membership => membership.UserId, membership => membership.Name!, StringComparer.Ordinal);
        var users = await database.Users.AsNoTracking().OrderBy(user => user.NormalizedEmail).ToListAsync(cancellationToken);
        return users.ConvertAll(user =>
            new UserRecord(user.Id, user.Email, user.Name, [.. roles[user.Id].Order(StringComparer.Ordinal)], user.PasswordHash));
    }
}
