using Gateway.Login.Throttle;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Recovery;

/// <summary>Limits the mails that somebody can have sent: to one user, who need not want them, and from one address.</summary>
internal sealed class RecoveryThrottle(IAttemptCounter attempts, ILookupNormalizer normalizer, RecoverySettings settings)
{
    /// <summary>How long to wait; null when no mail too many was asked for.</summary>
    public async Task<TimeSpan?> AdmitAsync(ClientAddress address, CancellationToken cancellationToken)
    {
        if (settings.MaxPerAddress == 0 || address.IsLocal)
            return null;
        var count = await attempts.AddAsync("recovery-address:" + address.Hash, prolongTo: 1, RecoverySettings.Window, cancellationToken);
        return count.Number > settings.MaxPerAddress ? count.Left : null;
    }

    /// <summary>Whether the user may be sent one more. Nobody who asks is told.</summary>
    /// <param name="email">As the user database has it.</param>
    public async Task<bool> MaySendAsync(string email, CancellationToken cancellationToken)
    {
        var account = AccountName.Of(email, normalizer);
        var count = await attempts.AddAsync("recovery-account:" + account, prolongTo: 1, RecoverySettings.Window, cancellationToken);
        return count.Number <= settings.MaxPerAccount;
    }
}
