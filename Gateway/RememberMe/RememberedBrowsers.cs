using System.Security.Cryptography;
using Gateway.Login.Throttle;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.RememberMe;

/// <summary>The rows of remembered browsers.</summary>
internal sealed class RememberedBrowsers(
    UserDatabase database,
    DatabaseWatch watch,
    WriteTurns turns,
    PendingForgets pending,
    FactorPolicy policy,
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
            UserAgent = Legible(context.Request.Headers.UserAgent.ToString()),
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

    /// <summary>The browser and its user, or null when the browser is forgotten, expired or void.</summary>
    public async Task<Recognized?> FindAsync(RememberMeToken token, CancellationToken cancellationToken) =>
        await FindAsync(token.BrowserId, cancellationToken) is { } found
        && CryptographicOperations.FixedTimeEquals(found.Browser.SecretHash, token.SecretHash())
            ? found
            : null;

    /// <summary>The same for one whose secret was seen before.</summary>
    public async Task<Recognized?> FindAsync(string id, CancellationToken cancellationToken)
    {
        watch.ThrowIfAway();
        // In a single statement: when Redis has lost its data, everybody asks this in the same minute.
        var rows = await (
            from browser in Rows.AsNoTracking()
            where browser.Id == id
            from user in database.Users.Where(user => user.Id == browser.UserId)
            from membership in database.UserRoles.Where(membership => membership.UserId == user.Id).DefaultIfEmpty()
            from role in database.Roles.Where(role => role.Id == membership!.RoleId).DefaultIfEmpty()
            select new { Browser = browser, Row = new UserRow { User = user, Role = role!.Name } }).ToListAsync(cancellationToken);
        // A row that could not be deleted is worth nothing either.
        if (rows.Count == 0 || clock.GetUtcNow() >= rows[0].Browser.ExpiresAt || pending.Has(id))
            return null;
        var found = new Recognized(rows[0].Browser, UserDirectory.Known(rows.ConvertAll(row => row.Row))!);
        var isValid = !found.User.Disabled && string.Equals(found.User.Stamp, found.Browser.Stamp, StringComparison.Ordinal);
        // Who must have a second factor by now, and showed none when the browser was remembered, logs in again.
        return isValid && (found.Browser.Proofs.HasSecondFactor() || !policy.IsRequiredOf(found.User)) ? found : null;
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

    // It is shown on an operator's terminal, which a control character in it could take over.
    private static string Legible(string agent) => string.Concat(
        agent.Take(RememberedBrowserMapping.UserAgentLength).Select(character => char.IsControl(character) ? ' ' : character));
}

internal sealed record Recognized(RememberedBrowser Browser, KnownUser User)
{
    /// <summary>The session they may have, which outlives neither the absolute timeout nor the browser's row.</summary>
    public Session Draft(DateTimeOffset now, SessionSettings settings)
    {
        var end = now + settings.AbsoluteTimeout;
        if (Browser.ExpiresAt < end)
            end = Browser.ExpiresAt;
        return Session.For(User, now, end, restored: true, Browser.Id) with { Proofs = Browser.Proofs, AuthenticatedAt = Browser.ProvenAt };
    }
}
