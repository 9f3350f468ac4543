using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users.Transfer;

/// <summary>
/// Brings users in from a file: all of them or, when any line has a fault, none. Who is there already, by id or else by e-mail, is
/// updated; fields that the file does not have stay as they are.
/// </summary>
internal sealed class UserImport(UserDatabase database, ILookupNormalizer normalizer, TimeProvider clock)
{
    public async Task<ImportOutcome> RunAsync(IReadOnlyList<UserLine> lines, CancellationToken cancellationToken)
    {
        var faults = lines.Where(line => line.Record.Fault() is not null).Select(line => $"line {line.Line}: {line.Record.Fault()}").ToList();
        faults.AddRange(Repeated(lines));
        if (faults.Count > 0)
            return new ImportOutcome(0, 0, faults);

        var users = await database.Users.ToListAsync(cancellationToken);
        var byId = users.ToDictionary(user => user.Id, StringComparer.Ordinal);
        var byEmail = users.ToDictionary(user => user.NormalizedEmail!, StringComparer.Ordinal);
        var roles = await RolesAsync(lines, cancellationToken);
        var memberships = (await database.UserRoles.ToListAsync(cancellationToken)).ToLookup(membership => membership.UserId, StringComparer.Ordinal);
        var added = 0;
        foreach (var (line, record) in lines)
        {
            var email = normalizer.NormalizeEmail(record.Email)!;
            var sameEmail = byEmail.GetValueOrDefault(email);
            var user = record.Id is not null ? byId.GetValueOrDefault(record.Id) : sameEmail;
            if (sameEmail is not null && sameEmail != user)
                faults.Add($"line {line}: {record.Email} belongs to the user with the id {sameEmail.Id}");
            if (user is null)
            {
                user = new GatewayUser { Id = record.Id ?? UserId.New(), CreatedAt = clock.GetUtcNow() };
                database.Users.Add(user);
                added++;
            }

            Apply(record, user, email);
            if (record.Roles is not null)
                SetRoles(user.Id, record.Roles.Select(role => roles[normalizer.NormalizeName(role)!]).ToHashSet(StringComparer.Ordinal), memberships[user.Id]);
        }

        if (faults.Count == 0)
            await database.SaveChangesAsync(cancellationToken);
        return faults.Count == 0 ? new ImportOutcome(added, lines.Count - added, []) : new ImportOutcome(0, 0, faults);
    }

    private static void Apply(UserRecord record, GatewayUser user, string normalizedEmail)
    {
        user.Email = user.UserName = record.Email;
        user.NormalizedEmail = user.NormalizedUserName = normalizedEmail;
        user.Name = record.Name ?? user.Name;
        user.SecurityStamp ??= Guid.NewGuid().ToString();
        if (record.Hash is null || string.Equals(record.Hash, user.PasswordHash, StringComparison.Ordinal))
            return;
        user.PasswordHash = record.Hash;
        user.SecurityStamp = Guid.NewGuid().ToString();
    }

    private void SetRoles(string userId, HashSet<string> wanted, IEnumerable<IdentityUserRole<string>> current)
    {
        foreach (var membership in current)
        {
            if (!wanted.Remove(membership.RoleId))
                database.UserRoles.Remove(membership);
        }

        database.UserRoles.AddRange(wanted.Select(roleId => new IdentityUserRole<string> { UserId = userId, RoleId = roleId }));
    }

    private async Task<Dictionary<string, string>> RolesAsync(IReadOnlyList<UserLine> lines, CancellationToken cancellationToken)
    {
        var ids = await database.Roles.ToDictionaryAsync(role => role.NormalizedName!, role => role.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var name in lines.SelectMany(line => line.Record.Roles ?? []))
        {
            var normalized = normalizer.NormalizeName(name)!;
            if (ids.ContainsKey(normalized))
                continue;
            var role = new IdentityRole(name) { NormalizedName = normalized };
            database.Roles.Add(role);
            ids.Add(normalized, role.Id);
        }

        return ids;
    }

    private IEnumerable<string> Repeated(IReadOnlyList<UserLine> lines)
    {
        var emails = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, record) in lines)
        {
            if (!emails.TryAdd(normalizer.NormalizeEmail(record.Email) ?? "", line) && record.Email is not null)
                yield return $"line {line}: {record.Email} is on line {emails[normalizer.NormalizeEmail(record.Email)!]} already";
            if (record.Id is not null && !ids.TryAdd(record.Id, line))
                yield return $"line {line}: the id {record.Id} is on line {ids[record.Id]} already";
        }
    }
}

internal sealed record ImportOutcome(int Added, int Updated, IReadOnlyList<string> Faults);
