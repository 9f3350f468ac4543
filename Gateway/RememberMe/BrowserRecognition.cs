using System.Security.Cryptography;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.RememberMe;

/// <summary>Who a remembered browser's visitor is at this moment.</summary>
internal sealed class BrowserRecognition(BrowserQuery query, DatabaseWatch watch, PendingForgets pending, FactorPolicy policy, TimeProvider clock)
{
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
        var found = await query.FindAsync(id, cancellationToken);
        // A row that could not be deleted is worth nothing either.
        if (found is null || clock.GetUtcNow() >= found.Browser.ExpiresAt || pending.Has(id))
            return null;
        var isValid = !found.User.Disabled && string.Equals(found.User.Stamp, found.Browser.Stamp, StringComparison.Ordinal);
        // Who must have a second factor by now, and showed none when the browser was remembered, logs in again.
        return isValid && policy.IsSatisfiedBy(found.Browser.Proofs, found.User) ? found : null;
    }
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
