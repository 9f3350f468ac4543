using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Recovery;

/// <summary>The rows of links that are out.</summary>
internal sealed class ResetLinks(UserDatabase database, UserDirectory directory, WriteTurns turns, RecoverySettings settings, TimeProvider clock)
{
    private DbSet<ResetLink> Rows => database.Set<ResetLink>();

    /// <summary>
    /// A new link; an earlier one of the same kind is worth nothing any more, and those that are too old are swept away. To be called
    /// within a transaction.
    /// </summary>
    public async Task<NewLink> AddAsync(KnownUser user, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await Rows.Where(link => link.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var added = new NewLink(LinkToken.New(), now + settings.LifetimeOf(purpose));
        // In one statement: of two that are written at once with PostgreSQL, the later takes the earlier one's place.
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ResetLinks" ("UserId", "Purpose", "Hash", "Stamp", "ExpiresAt")
            VALUES ({user.Id}, {(int)purpose}, {LinkToken.HashOf(added.Token)!}, {user.Stamp}, {added.ExpiresAt.ToUnixTimeMilliseconds()})
            ON CONFLICT ("UserId", "Purpose") DO UPDATE SET "Hash" = excluded."Hash", "Stamp" = excluded."Stamp", "ExpiresAt" = excluded."ExpiresAt"
            """,
            cancellationToken);
        return added;
    }

    /// <summary>Whose link it is; null when it is worth nothing: none of ours, replaced, too old, or of a user who was changed since.</summary>
    public async Task<OpenLink?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (LinkToken.HashOf(token) is not { } hash)
            return null;
        var row = await Rows.AsNoTracking().SingleOrDefaultAsync(link => link.Hash == hash, cancellationToken);
        if (row is null || clock.GetUtcNow() >= row.ExpiresAt)
            return null;
        var user = await directory.FindAsync(row.UserId, cancellationToken);
        return user is { Disabled: false } && string.Equals(user.Stamp, row.Stamp, StringComparison.Ordinal) ? new OpenLink(user, row.Purpose) : null;
    }

    public async Task RemoveAllAsync(string userId, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(database, cancellationToken);
        await Rows.Where(link => link.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <param name="Token">For the mail alone.</param>
internal sealed record NewLink(string Token, DateTimeOffset ExpiresAt);

/// <param name="User">As they were when the link was made.</param>
internal sealed record OpenLink(KnownUser User, LinkPurpose Purpose);
