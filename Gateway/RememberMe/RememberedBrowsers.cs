using Gateway.Audit;
using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.RememberMe;

/// <summary>The rows of remembered browsers.</summary>
internal sealed class RememberedBrowsers(
    UserDatabase database,
    WriteTurns turns,
    PendingForgets pending,
    RememberMeSettings settings,
    TimeProvider clock)
{
    private DbSet<RememberedBrowser> Rows => database.Set<RememberedBrowser>();

    public async Task AddAsync(RememberMeToken token, KnownUser user, Proofs proofs, HttpContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Rows.Add(new RememberedBrowser
        {
            Id = token.BrowserId,
            UserId = user.Id,
            SecretHash = token.SecretHash(),
            Stamp = user.Stamp,
            CreatedAt = now,
            Proofs = proofs,
            ProvenAt = now,
            ExpiresAt = now + settings.Lifetime,
            // It is shown on an operator's terminal, which a control character in it could take over.
            UserAgent = AuditText.Cut(context.Request.Headers.UserAgent.ToString(), RememberedBrowserMapping.UserAgentLength),
            Address = ClientAddress.Of(context.Connection.RemoteIpAddress).ToString(),
        });
        await turns.WriteAsync(
            database,
            async () =>
            {
                await Rows.Where(browser => browser.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
                await database.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>The user of a browser has shown more, or has changed their account by it.</summary>
    public async Task ProveAsync(string browserId, KnownUser user, Proofs proofs, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(database, cancellationToken);
        await Rows
            .Where(browser => browser.Id == browserId && browser.UserId == user.Id)
            .ExecuteUpdateAsync(
                update => update.SetProperty(browser => browser.Proofs, proofs).SetProperty(browser => browser.Stamp, user.Stamp), cancellationToken);
    }

    /// <summary>Whose browser it is, also when it can't restore a session any more.</summary>
    public Task<string?> OwnerOfAsync(string browserId, CancellationToken cancellationToken) =>
        Rows.Where(row => row.Id == browserId).Select(row => row.UserId).SingleOrDefaultAsync(cancellationToken);

    public async Task RemoveAsync(string browserId, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(database, cancellationToken);
        await Rows.Where(browser => browser.Id == browserId).ExecuteDeleteAsync(cancellationToken);
    }

    public Task<int> RemoveAllAsync(string userId, CancellationToken cancellationToken) =>
        Rows.Where(browser => browser.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The browsers that can still restore a session, the oldest first.</summary>
    public async Task<IReadOnlyList<RememberedBrowser>> ListAsync(KnownUser user, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await Rows.AsNoTracking()
            .Where(browser => browser.UserId == user.Id && browser.Stamp == user.Stamp && browser.ExpiresAt > now)
            .OrderBy(browser => browser.CreatedAt)
            .ToListAsync(cancellationToken);
        return rows.FindAll(browser => !pending.Has(browser.Id));
    }
}
