using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users.Transfer;

/// <summary>The roles that a file gives and takes; those that nobody has yet are made.</summary>
internal sealed class ImportRoles
{
    private readonly UserDatabase database;
    private readonly ILookupNormalizer normalizer;
    private readonly Dictionary<string, string> ids;
    private readonly ILookup<string, IdentityUserRole<string>> memberships;

    private ImportRoles(UserDatabase database, ILookupNormalizer normalizer, Dictionary<string, string> ids, ILookup<string, IdentityUserRole<string>> memberships) =>
        (this.database, this.normalizer, this.ids, this.memberships) = (database, normalizer, ids, memberships);

    public static async Task<ImportRoles> LoadAsync(UserDatabase database, ILookupNormalizer normalizer, CancellationToken cancellationToken)
    {
        var known = await database.Roles.AsNoTracking().ToDictionaryAsync(role => role.NormalizedName!, role => role.Id, StringComparer.Ordinal, cancellationToken);
        var given = await database.UserRoles.AsNoTracking().ToListAsync(cancellationToken);
        return new ImportRoles(database, normalizer, known, given.ToLookup(membership => membership.UserId, StringComparer.Ordinal));
    }

    public IEnumerable<IdentityUserRole<string>> Of(string userId, IEnumerable<string> names) =>
        IdsOf(names).Select(roleId => new IdentityUserRole<string> { UserId = userId, RoleId = roleId });

    /// <summary>Makes a user's roles those; false when they are already.</summary>
    public bool Change(string userId, IEnumerable<string> names)
    {
        var wanted = IdsOf(names);
        var surplus = memberships[userId].Where(membership => !wanted.Remove(membership.RoleId)).ToList();
        database.UserRoles.RemoveRange(surplus);
        database.UserRoles.AddRange(wanted.Select(roleId => new IdentityUserRole<string> { UserId = userId, RoleId = roleId }));
        return surplus.Count + wanted.Count > 0;
    }

    private HashSet<string> IdsOf(IEnumerable<string> names) => names.Select(IdOf).ToHashSet(StringComparer.Ordinal);

    private string IdOf(string name)
    {
        var normalized = normalizer.NormalizeName(name)!;
        if (ids.TryGetValue(normalized, out var id))
            return id;
        var role = new IdentityRole(name) { NormalizedName = normalized };
        database.Roles.Add(role);
        ids.Add(normalized, role.Id);
        return role.Id;
    }
}
