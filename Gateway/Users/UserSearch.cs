using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

/// <summary>Looks for users, page by page: by their addresses and not by counting rows, so that the last page costs what the first does.</summary>
internal sealed class UserSearch(UserDatabase database, ILookupNormalizer normalizer)
{
    private const int PageSize = 1000;
    private const string CapitalsOfSqlite = "gateway_capitals";
    private const string CapitalsOfPostgreSql = "upper";

    /// <summary>In the order of their addresses.</summary>
    /// <param name="after">The last address of the page before; absent for the first page.</param>
    public async Task<IReadOnlyList<FoundUser>> PageAsync(UserFilter filter, string? after, int count, CancellationToken cancellationToken)
    {
        // SQLite itself knows the capitals of ASCII alone.
        if (database.Database.GetDbConnection() is SqliteConnection sqlite)
            sqlite.CreateFunction(CapitalsOfSqlite, (string? text) => text?.ToUpperInvariant(), isDeterministic: true);
        var found = Of(filter);
        if (after is not null)
        {
            var last = normalizer.NormalizeEmail(after);
            found = found.Where(user => string.Compare(user.NormalizedEmail, last) > 0);
        }

        var users = await found.OrderBy(user => user.NormalizedEmail).Take(count).ToListAsync(cancellationToken);
        var roles = await RolesOfAsync(users, cancellationToken);
        return users.ConvertAll(user => new FoundUser(user, [.. roles[user.Id].Order(StringComparer.Ordinal)]));
    }

    /// <summary>All of them; however many there are, a page of them is in memory.</summary>
    public async IAsyncEnumerable<FoundUser> AllAsync(UserFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundUser> page;
        string? last = null;
        do
        {
            page = await PageAsync(filter, last, PageSize, cancellationToken);
            foreach (var user in page)
                yield return user;
            last = page.Count == 0 ? last : page[^1].User.Email;
        }
        while (page.Count == PageSize);
    }

    /// <summary>The names of all roles, as somebody may choose from them.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(CancellationToken cancellationToken) =>
        await database.Roles.Where(role => role.Name != null).OrderBy(role => role.Name).Take(PageSize).Select(role => role.Name!).ToListAsync(cancellationToken);

    public static void AddFunctions(ModelBuilder builder, bool isSqlite) =>
        builder.HasDbFunction(() => Capitals("")).HasName(isSqlite ? CapitalsOfSqlite : CapitalsOfPostgreSql);

    private IQueryable<GatewayUser> Of(UserFilter filter)
    {
        var found = database.Users.AsNoTracking();
        if (filter.Text is { } text)
        {
            var capitals = text.Normalize().ToUpperInvariant();
            // Also as it is: a PostgreSQL of the locale "C" knows the capitals of ASCII alone.
            found = found.Where(user => user.NormalizedEmail!.Contains(capitals) || Capitals(user.Id).Contains(capitals)
                || (user.Name != null && (Capitals(user.Name).Contains(capitals) || user.Name.Contains(text))));
        }

        if (filter.Role is { } role)
        {
            var name = normalizer.NormalizeName(role);
            var holders = from membership in database.UserRoles
                          join held in database.Roles on membership.RoleId equals held.Id
                          where held.NormalizedName == name
                          select membership.UserId;
            found = found.Where(user => holders.Contains(user.Id));
        }

        return filter.State switch
        {
            UserState.Enabled => found.Where(user => !user.Disabled),
            UserState.Disabled => found.Where(user => user.Disabled),
            UserState.NoPassword => found.Where(user => user.PasswordHash == null),
            _ => found,
        };
    }

    private async Task<ILookup<string, string>> RolesOfAsync(List<GatewayUser> users, CancellationToken cancellationToken)
    {
        var ids = users.ConvertAll(user => user.Id);
        var held = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            where ids.Contains(membership.UserId) && role.Name != null
            select new { membership.UserId, role.Name }).ToListAsync(cancellationToken);
        return held.ToLookup(role => role.UserId, role => role.Name!, StringComparer.Ordinal);
    }

    // Stands for the database's own function in a query.
    private static string Capitals(string text) => throw new NotSupportedException(text);
}

/// <param name="Roles">In ordinal order.</param>
internal sealed record FoundUser(GatewayUser User, IReadOnlyList<string> Roles);
