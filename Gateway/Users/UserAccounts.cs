using Gateway.Users.Passwords;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Users;

/// <summary>What an operator does to users. A refusal is a <see cref="UserRefusedException"/> with a message for the operator.</summary>
internal sealed class UserAccounts(
    UserDatabase database, UserManager<GatewayUser> users, RoleManager<IdentityRole> roles, HashingGate gate, TimeProvider clock)
{
    public async Task<GatewayUser> FindAsync(string email) =>
        await users.FindByEmailAsync(EmailAddress.Trim(email)) ?? throw new UserRefusedException($"there is no user {email}");

    /// <summary>Null when there is none.</summary>
    public async Task<GatewayUser?> FindByIdAsync(string? id) => id is not null && UserId.IsValid(id) ? await users.FindByIdAsync(id) : null;

    /// <summary>What is kept of a password that an operator gives. To be called before the turn to write: others would wait for it as well.</summary>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        if (PasswordLength.Of(password) > UserServices.MaxPasswordLength)
            throw new UserRefusedException($"a password has at most {UserServices.MaxPasswordLength} characters");
        var nobody = new GatewayUser();
        foreach (var validator in users.PasswordValidators)
            Require(await validator.ValidateAsync(users, nobody, password));
        return await gate.RunAsync(() => users.PasswordHasher.HashPassword(nobody, password), cancellationToken);
    }

    public async Task<GatewayUser> AddAsync(NewUser wanted, CancellationToken cancellationToken)
    {
        wanted.ThrowIfFaulty();
        return await AddAsync(wanted, wanted.Password is null ? null : await HashAsync(wanted.Password, cancellationToken), cancellationToken);
    }

    /// <param name="hash">Of the password, which was judged and hashed already.</param>
    public async Task<GatewayUser> AddAsync(NewUser wanted, string? hash, CancellationToken cancellationToken)
    {
        wanted.ThrowIfFaulty();
        var user = new GatewayUser
        {
            Id = wanted.Id ?? UserId.New(),
            Email = wanted.Email,
            UserName = wanted.Email,
            Name = wanted.Name,
            PasswordHash = hash,
            CreatedAt = clock.GetUtcNow(),
        };
        if (await users.FindByIdAsync(user.Id) is { } other)
            throw new UserRefusedException($"the id {user.Id} belongs to {other.Email} already");

        // The caller may have begun one, for what belongs to it.
        await using var transaction = database.Database.CurrentTransaction is null ? await database.Database.BeginTransactionAsync(cancellationToken) : null;
        Require(await users.CreateAsync(user));
        await SetRolesAsync(user, wanted.Roles);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return user;
    }

    /// <summary>A new password also makes every session and remembered browser of the user worthless.</summary>
    public async Task SetPasswordAsync(GatewayUser user, string password) => await SetHashAsync(user, await HashAsync(password, CancellationToken.None));

    /// <summary>The same with a password that was judged and hashed already.</summary>
    public async Task SetHashAsync(GatewayUser user, string hash)
    {
        user.PasswordHash = hash;
        Require(await users.UpdateSecurityStampAsync(user));
    }

    public async Task SetDisabledAsync(GatewayUser user, bool disabled)
    {
        user.Disabled = disabled;
        Require(await users.UpdateSecurityStampAsync(user));
    }

    /// <summary>Sessions of a user who must have a second factor by now, and has none, end.</summary>
    public async Task RequireSecondFactorAsync(GatewayUser user, bool required)
    {
        user.NeedsSecondFactor = required;
        Require(required && !user.TwoFactorEnabled ? await users.UpdateSecurityStampAsync(user) : await users.UpdateAsync(user));
    }

    /// <summary>Every session and remembered browser of the user becomes worthless.</summary>
    public async Task TakeSecondFactorAsync(GatewayUser user)
    {
        user.TwoFactorEnabled = false;
        Require(await users.UpdateSecurityStampAsync(user));
    }

    public async Task RemoveAsync(GatewayUser user) => Require(await users.DeleteAsync(user));

    /// <summary>Every session and remembered browser of the user becomes worthless.</summary>
    public async Task RevokeAsync(GatewayUser user) => Require(await users.UpdateSecurityStampAsync(user));

    public async Task SetRolesAsync(GatewayUser user, IReadOnlyCollection<string> wanted)
    {
        if (wanted.FirstOrDefault(role => !RoleName.IsValid(role)) is { } malformed)
            throw new UserRefusedException($"'{malformed}' is not a role: {RoleName.Rule}");
        foreach (var role in wanted)
        {
            if (!await roles.RoleExistsAsync(role))
                Require(await roles.CreateAsync(new IdentityRole(role)));
        }

        var current = await users.GetRolesAsync(user);
        Require(await users.RemoveFromRolesAsync(user, current.Except(wanted, StringComparer.OrdinalIgnoreCase)));
        Require(await users.AddToRolesAsync(user, wanted.Except(current, StringComparer.OrdinalIgnoreCase)));
    }

    public async Task<IReadOnlyList<string>> RolesOfAsync(GatewayUser user) =>
        [.. (await users.GetRolesAsync(user)).Order(StringComparer.Ordinal)];

    private static void Require(IdentityResult result)
    {
        if (result.Succeeded)
            return;
        // The user name is the e-mail address: one message is enough.
        var told = result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateUserName)).DefaultIfEmpty(result.Errors.First());
        throw new UserRefusedException(string.Join(' ', told.Select(error => error.Description)));
    }
}
