using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gateway.Sessions;

namespace Gateway.RememberMe;

/// <summary>What all nodes agree on about the restores of one browser, through the session store: the next session's id, or that there is none.</summary>
internal sealed class RestoreAgreement(ISessionStore store, SessionSettings session, RememberMeSettings settings)
{
    // No nonce: those are 43 characters long.
    private const string Never = "never";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The id that everybody gets who restores this browser now; false when it was forgotten.</summary>
    public async Task<(bool Agreed, SessionId Id)> OnIdAsync(RememberMeToken token, CancellationToken cancellationToken)
    {
        var proposal = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var nonce = await store.AgreeAsync(NameOf(token.BrowserId), proposal, Lifetime(), cancellationToken);
        return string.Equals(nonce, Never, StringComparison.Ordinal)
            ? (false, default)
            : (true, SessionId.Derive(token.Secret, Encoding.UTF8.GetBytes(nonce)));
    }

    /// <summary>
    /// No node restores this browser any more, although its row is still there. False when the store can't be asked, or when an id was
    /// agreed on a moment ago: then it can be said again soon.
    /// </summary>
    public async Task<bool> OnNoneAsync(string browserId, CancellationToken cancellationToken)
    {
        try
        {
            return string.Equals(await store.AgreeAsync(NameOf(browserId), Never, settings.Lifetime, cancellationToken), Never, StringComparison.Ordinal);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private static string NameOf(string browserId) => "restore:" + browserId;

    // Well under both timeouts: an agreement that outlived its session would bring the old id back.
    private TimeSpan Lifetime()
    {
        var shortest = session.IdleTimeout / 3;
        return shortest < Longest ? shortest : Longest;
    }
}
