using Gateway.Audit;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.SecondFactor;

/// <summary>
/// Turns a second factor on and off. Each of it changes the user's stamp: all sessions and remembered browsers end, but for the one that
/// it was done in, which begins anew (OWASP ASVS 5.0, 7.4.3).
/// </summary>
internal sealed class FactorChanges(
    AuditedChange audited,
    FactorStore store,
    UserManager<GatewayUser> users,
    UserDirectory directory,
    SessionReconciler reconciler,
    ILogger<FactorChanges> logger)
{
    /// <summary>Null when the user was disabled or changed at this moment.</summary>
    /// <param name="step">Of the code by which the app has shown that it has the secret.</param>
    public async Task<EnabledFactor?> EnableAsync(HttpContext context, KnownUser user, byte[] secret, long step, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> codes = [];
        var changed = await ChangeAsync(context, user, AuditActions.SecondFactorEnabled, async row =>
        {
            await store.SetTotpAsync(user.Id, secret, step, cancellationToken);
            codes = await store.RenewRecoveryAsync(user.Id, cancellationToken);
            row.TwoFactorEnabled = true;
        }, cancellationToken);
        if (changed is not null)
            logger.FactorChanged(user.Id, "on");
        return changed is null ? null : new EnabledFactor(changed, codes);
    }

    /// <summary>Null when the user was disabled or changed at this moment.</summary>
    public async Task<KnownUser?> DisableAsync(HttpContext context, KnownUser user, CancellationToken cancellationToken)
    {
        var changed = await ChangeAsync(context, user, AuditActions.SecondFactorDisabled, async row =>
        {
            await store.RemoveAppAsync(user.Id, cancellationToken);
            row.TwoFactorEnabled = false;
        }, cancellationToken);
        if (changed is not null)
            logger.FactorChanged(user.Id, "off");
        return changed;
    }

    /// <summary>New recovery codes; the earlier ones are worth nothing any more. No session ends.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(HttpContext context, KnownUser user, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> codes = [];
        await audited.MakeAsync(
            async () =>
            {
                codes = await store.RenewRecoveryAsync(user.Id, cancellationToken);
                return AuditEvent.ByUser(AuditActions.SecondFactorRecoveryRenewed, user.Id).From(context);
            },
            cancellationToken);
        return codes;
    }

    /// <summary>Ends what the change has made worthless, here at once and elsewhere within seconds.</summary>
    public async Task ApplyAsync(string userId, CancellationToken cancellationToken)
    {
        await reconciler.HoldAsync(userId, cancellationToken);
        try
        {
            await reconciler.ReconcileAsync(userId, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Every node follows the change log, and does it when the store is back.
        }
    }

    /// <summary>
    /// The user with another stamp; null when they were disabled or changed at this moment, before it, and nothing was done, or right after
    /// it, and whoever did that meant all of the user's sessions.
    /// </summary>
    public async Task<KnownUser?> ChangeAsync(
        HttpContext context, KnownUser user, string action, Func<GatewayUser, Task> change, CancellationToken cancellationToken)
    {
        var stamp = "";
        try
        {
            await audited.MakeAsync(
                async () =>
                {
                    var row = await users.FindByIdAsync(user.Id);
                    // Somebody may have ended all of the user's sessions meanwhile, and this one would come back with the new stamp.
                    if (row is not { Disabled: false } || !string.Equals(KnownUser.StampOf(row), user.Stamp, StringComparison.Ordinal))
                        throw new ChangedMeanwhileException();
                    await change(row);
                    if (!(await users.UpdateSecurityStampAsync(row)).Succeeded)
                        throw new ChangedMeanwhileException();
                    stamp = KnownUser.StampOf(row);
                    return AuditEvent.ByUser(action, user.Id).From(context);
                },
                cancellationToken);
        }
        catch (ChangedMeanwhileException)
        {
            return null;
        }

        return await directory.FindUnchangedAsync(user.Id, stamp, cancellationToken);
    }

    private sealed class ChangedMeanwhileException : Exception;
}

/// <param name="User">As they are now, with another stamp.</param>
/// <param name="Codes">To be shown once.</param>
internal sealed record EnabledFactor(KnownUser User, IReadOnlyList<string> Codes);
