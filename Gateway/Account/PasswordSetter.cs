using Gateway.Audit;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Account;

/// <summary>
/// Gives a user a new password, once <see cref="Users.Passwords.PasswordRules"/> has nothing against it. Every session and remembered
/// browser of theirs is over then, on every node (OWASP ASVS 5.0, 7.4.3).
/// </summary>
internal sealed class PasswordSetter(
    HashingGate gate,
    IPasswordHasher<GatewayUser> hasher,
    UserManager<GatewayUser> users,
    UserAccounts accounts,
    UserDirectory directory,
    RememberedBrowsers browsers,
    SessionReconciler reconciler,
    AuditedChange change)
{
    /// <param name="user">As they were when it was found that they may have a new one.</param>
    /// <param name="what">The event that tells of it.</param>
    /// <returns>The user as they are now; null when they were changed, disabled or removed in the meantime.</returns>
    public async Task<KnownUser?> SetAsync(KnownUser user, string password, AuditEvent what, CancellationToken cancellationToken)
    {
        // Before the turn to write: others would wait for the hash as well.
        var hash = await gate.RunAsync(() => hasher.HashPassword(new GatewayUser(), password), cancellationToken);
        if (await TryWriteAsync(user, hash, what) is not { } stamp)
            return null;
        await EndSessionsAsync(user.Id);
        return await directory.FindUnchangedAsync(user.Id, stamp, CancellationToken.None);
    }

    // The stamp that the user has now.
    private async Task<string?> TryWriteAsync(KnownUser user, string hash, AuditEvent what)
    {
        var stamp = "";
        try
        {
            await change.MakeAsync(
                async () =>
                {
                    var row = await users.FindByIdAsync(user.Id);
                    if (row is not { Disabled: false } || !string.Equals(KnownUser.StampOf(row), user.Stamp, StringComparison.Ordinal))
                        throw new UserRefusedException("the user was changed at this moment");
                    await accounts.SetHashAsync(row, hash);
                    stamp = KnownUser.StampOf(row);
                    await browsers.RemoveAllAsync(user.Id, CancellationToken.None);
                    return what;
                },
                CancellationToken.None);
            return stamp;
        }
        catch (UserRefusedException)
        {
            return null;
        }
    }

    private async Task EndSessionsAsync(string userId)
    {
        try
        {
            await reconciler.ReconcileAsync(userId, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Every node follows the log of changes, and ends them as soon as it can.
        }
    }
}
