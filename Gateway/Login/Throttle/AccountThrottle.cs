using System.Security.Cryptography;
using System.Text;
using Gateway.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Login.Throttle;

/// <summary>
/// Limits the guesses at one account, whether it exists or not. Counted before the password is looked at, so that parallel guesses
/// can't get past the limit, and over all spellings of an address (CVE-2025-24806).
/// </summary>
internal sealed class AccountThrottle(IAttemptCounter attempts, ILookupNormalizer normalizer, LoginQueue queue, LoginSettings settings)
{
    /// <summary>To be held until an attempt is decided.</summary>
    public Task<IDisposable> EnterAsync(string email, CancellationToken cancellationToken) => queue.EnterAsync(NameOf(email), cancellationToken);

    /// <summary>False while the account is locked.</summary>
    public async Task<bool> AdmitAsync(string email, CancellationToken cancellationToken) =>
        await attempts.AddAsync(NameOf(email), settings.MaxFailures, settings.Lockout, cancellationToken) <= settings.MaxFailures;

    /// <summary>Nobody could tell whether the attempt was right: it doesn't count, unless that can't be noted down either.</summary>
    public async Task UndecidedAsync(string email, CancellationToken cancellationToken)
    {
        try
        {
            await attempts.TakeBackAsync(NameOf(email), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // It ends with the count.
        }
    }

    public Task SucceededAsync(string email, CancellationToken cancellationToken) => attempts.ClearAsync(NameOf(email), cancellationToken);

    /// <summary>For the log: the beginning of the name under which the attempts are counted.</summary>
    public string ShortNameOf(string email) => HashOf(email)[..12];

    private string NameOf(string email) => "account:" + HashOf(email);

    private string HashOf(string email) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalizer.NormalizeEmail(email) ?? "")));
}
