using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users.Transfer;

/// <summary>
/// What a file of users means for this database: whom it adds, and, in the context of the database itself, what it changes. Nothing is
/// written before the context is saved.
/// </summary>
internal sealed class ImportPlan
{
    private readonly ImportOptions options;
    private readonly UserDatabase database;
    private readonly TimeProvider clock;
    private readonly ImportRoles roles;
    private readonly Dictionary<string, GatewayUser> byId;
    private readonly Dictionary<string, GatewayUser> byEmail;
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    private ImportPlan(ImportOptions options, UserDatabase database, TimeProvider clock, List<GatewayUser> users, ImportRoles roles)
    {
        (this.options, this.database, this.clock, this.roles) = (options, database, clock, roles);
        byId = users.ToDictionary(user => user.Id, StringComparer.Ordinal);
        byEmail = users.ToDictionary(user => user.NormalizedEmail!, StringComparer.Ordinal);
    }

    public List<GatewayUser> Added { get; } = [];

    public List<IdentityUserRole<string>> NewMemberships { get; } = [];

    public List<ImportFault> Faults { get; } = [];

    public int Updated { get; private set; }

    public int Unchanged { get; private set; }

    public static async Task<ImportPlan> MakeAsync(
        CheckedFile file, ImportOptions options, UserDatabase database, ILookupNormalizer normalizer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var users = await database.Users.AsNoTracking().ToListAsync(cancellationToken);
        var plan = new ImportPlan(options, database, clock, users, await ImportRoles.LoadAsync(database, normalizer, cancellationToken));
        foreach (var line in file.Users)
            plan.Take(line);
        return plan;
    }

    private void Take(CheckedLine line)
    {
        var sameEmail = byEmail.GetValueOrDefault(line.NormalizedEmail);
        var user = line.Record.Id is { } id ? byId.GetValueOrDefault(id) : sameEmail;
        if (sameEmail is not null && sameEmail != user)
            Faults.Add(new ImportFault(line.Line, $"{line.Record.Email} belongs to the user with the id {sameEmail.Id}"));
        else if (user is null)
            Add(line);
        else if (!lines.TryAdd(user.Id, line.Line))
            Faults.Add(new ImportFault(line.Line, $"the user with the id {user.Id} is on line {lines[user.Id]} already"));
        else if (Update(user, line))
            Updated++;
        else
            Unchanged++;
    }

    private void Add(CheckedLine line)
    {
        var user = new GatewayUser { Id = line.Record.Id ?? UserId.New(), CreatedAt = clock.GetUtcNow(), Name = line.Record.Name, PasswordHash = line.Hash };
        Rename(user, line);
        Added.Add(user);
        NewMemberships.AddRange(roles.Of(user.Id, line.Record.Roles ?? []));
    }

    private bool Update(GatewayUser user, CheckedLine line)
    {
        database.Attach(user);
        if (!string.Equals(user.Email, line.Record.Email, StringComparison.Ordinal))
            Rename(user, line);
        user.Name = line.Record.Name ?? user.Name;
        if (line.Hash is not null && MaySet(user) && !string.Equals(user.PasswordHash, line.Hash, StringComparison.Ordinal))
            (user.PasswordHash, user.SecurityStamp) = (line.Hash, Guid.NewGuid().ToString());
        var hasOtherRoles = line.Record.Roles is { } wanted && roles.Change(user.Id, wanted);
        return database.Entry(user).State is EntityState.Modified || hasOtherRoles;
    }

    // A hash of today is a password that was entered or set here; it is newer than what another system knows. A legacy one came with an
    // earlier import, and nobody has used it since.
    private bool MaySet(GatewayUser user) =>
        options.Passwords || user.PasswordHash is null || LegacyHashReader.TryRead(user.PasswordHash) is not null;

    private static void Rename(GatewayUser user, CheckedLine line)
    {
        user.Email = user.UserName = line.Record.Email;
        user.NormalizedEmail = user.NormalizedUserName = line.NormalizedEmail;
    }
}
