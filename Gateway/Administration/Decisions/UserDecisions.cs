using Gateway.Audit;
using Gateway.RememberMe;
using Gateway.SecondFactor;
using Gateway.Users;

namespace Gateway.Administration.Decisions;

/// <summary>
/// What is decided about a user, here alone for commands and pages: the change and its event together, and then what it does to the
/// user's sessions. A refusal is a <see cref="UserRefusedException"/>.
/// </summary>
internal sealed class UserDecisions(UserAccounts accounts, FactorStore factors, RememberedBrowsers browsers, AuditedChange audited, DecisionEffect effect)
{
    public async Task<GatewayUser> AddAsync(Decider by, NewUser wanted, CancellationToken cancellationToken)
    {
        wanted.ThrowIfFaulty();
        var hash = wanted.Password is null ? null : await accounts.HashAsync(wanted.Password, cancellationToken);
        GatewayUser user = null!;
        await audited.MakeAsync(
            async () =>
            {
                user = await accounts.AddAsync(wanted, hash, cancellationToken);
                return by.Tell(AuditActions.UserAdded, user.Id, ("email", user.Email), ("roles", AuditDetail.List(wanted.Roles)));
            },
            cancellationToken);
        return user;
    }

    public Task SetDisabledAsync(Decider by, GatewayUser user, bool disabled, CancellationToken cancellationToken) => DecideAsync(
        user,
        async () =>
        {
            await accounts.SetDisabledAsync(user, disabled);
            return by.Tell(disabled ? AuditActions.UserDisabled : AuditActions.UserEnabled, user.Id);
        },
        cancellationToken);

    public Task SetRolesAsync(Decider by, GatewayUser user, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) => DecideAsync(
        user,
        async () =>
        {
            var before = await accounts.RolesOfAsync(user);
            await accounts.SetRolesAsync(user, roles);
            return by.Tell(AuditActions.UserRoles, user.Id, ("from", AuditDetail.List(before)), ("to", AuditDetail.List(await accounts.RolesOfAsync(user))));
        },
        cancellationToken);

    public Task RequireFactorAsync(Decider by, GatewayUser user, bool required, CancellationToken cancellationToken) => DecideAsync(
        user,
        async () =>
        {
            await accounts.RequireSecondFactorAsync(user, required);
            return by.Tell(AuditActions.SecondFactorRequired, user.Id, ("required", required));
        },
        cancellationToken);

    /// <summary>Takes passkeys away, too.</summary>
    public Task ResetFactorAsync(Decider by, GatewayUser user, CancellationToken cancellationToken) => DecideAsync(
        user,
        async () =>
        {
            await factors.RemoveAllAsync(user.Id, cancellationToken);
            await accounts.TakeSecondFactorAsync(user);
            return by.Tell(AuditActions.SecondFactorReset, user.Id);
        },
        cancellationToken);

    public async Task SetPasswordAsync(Decider by, GatewayUser user, string password, CancellationToken cancellationToken)
    {
        var hash = await accounts.HashAsync(password, cancellationToken);
        await DecideAsync(
            user,
            async () =>
            {
                await accounts.SetHashAsync(user, hash);
                return by.Tell(AuditActions.UserPasswordSet, user.Id);
            },
            cancellationToken);
    }

    /// <returns>How many browsers are not remembered any more.</returns>
    public async Task<int> RevokeAsync(Decider by, GatewayUser user, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        await DecideAsync(
            user,
            async () =>
            {
                await accounts.RevokeAsync(user);
                forgotten = await browsers.RemoveAllAsync(user.Id, cancellationToken);
                return by.Tell(AuditActions.SessionsRevoked, user.Id, ("browsers", forgotten));
            },
            cancellationToken);
        return forgotten;
    }

    public Task RemoveAsync(Decider by, GatewayUser user, CancellationToken cancellationToken) => DecideAsync(
        user,
        async () =>
        {
            await accounts.RemoveAsync(user);
            return by.Tell(AuditActions.UserRemoved, user.Id, ("email", user.Email));
        },
        cancellationToken);

    private async Task DecideAsync(GatewayUser user, Func<Task<AuditEvent>> change, CancellationToken cancellationToken)
    {
        await audited.MakeAsync(change, cancellationToken);
        await effect.ApplyAsync(user.Id);
    }
}
