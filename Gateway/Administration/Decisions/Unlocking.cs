using Gateway.Audit;
using Gateway.Login.Throttle;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Administration.Decisions;

/// <summary>Gives an account that failed logins have locked its budget back; here alone for commands and pages.</summary>
internal sealed class Unlocking(LoginThrottle throttle, ILookupNormalizer normalizer, AuditedChange audited)
{
    /// <summary>How long the account is locked still; null when it is not.</summary>
    /// <exception cref="Sessions.StoreUnavailableException">Nobody can tell.</exception>
    public Task<TimeSpan?> LockOfAsync(GatewayUser user, CancellationToken cancellationToken) => throttle.LockOfAsync(AccountOf(user), cancellationToken);

    /// <exception cref="Sessions.StoreUnavailableException">Nothing was done.</exception>
    public Task UnlockAsync(Decider by, GatewayUser user, CancellationToken cancellationToken) => audited.MakeAsync(
        async () =>
        {
            await throttle.ForgiveAsync(AccountOf(user), cancellationToken);
            return by.Tell(AuditActions.UserUnlocked, user.Id);
        },
        cancellationToken);

    private AccountName AccountOf(GatewayUser user) => AccountName.Of(user.Email!, normalizer);
}
