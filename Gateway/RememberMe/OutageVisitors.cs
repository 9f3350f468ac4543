using System.Security.Claims;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>
/// Recognizes remembered visitors while the session store is away: by the signed cookie and the user database alone. No session
/// begins, and no cookie is set; when the store is back, the same cookie restores a session in the usual way.
/// </summary>
internal sealed class OutageVisitors(BrowserRecognition browsers, OutageCopies copies, SessionSettings settings, TimeProvider clock)
{
    private const string KeyPrefix = "remembered:";

    public static bool Owns(Session session) => session.Key.StartsWith(KeyPrefix, StringComparison.Ordinal);

    public async Task<ClaimsPrincipal?> FindAsync(RememberMeToken token, CancellationToken cancellationToken)
    {
        if (copies.Find(token) is { } copy)
            return copy;

        var askedAt = copies.Now;
        if (await browsers.FindAsync(token, cancellationToken) is not { } found)
            return null;
        // A key that no session has: whoever asks a store for it finds none.
        var principal = (found.Draft(clock.GetUtcNow(), settings) with { Key = KeyPrefix + token.BrowserId }).ToPrincipal();
        copies.Keep(token, principal, askedAt);
        return principal;
    }

    /// <summary>The session of somebody who was recognized before, with what their user is now; null when they would not be any more.</summary>
    public async Task<Session?> FindAgainAsync(Session session, CancellationToken cancellationToken) =>
        await browsers.FindAsync(session.Browser!, cancellationToken) is { } found ? session.Describing(found.User) : null;
}
