using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Users;

/// <summary>
/// Checks an e-mail address and a password. Every failure looks the same and costs one password hash of today, so that neither the
/// answer nor its time tells whether the address is known (OWASP ASVS 5.0, 6.3.8).
/// </summary>
internal sealed class CredentialVerifier(
    UserManager<GatewayUser> users,
    UserDatabase database,
    IPasswordHasher<GatewayUser> hasher,
    IOptions<PasswordHasherOptions> hashing,
    LegacyCheck legacy,
    UserDirectory directory,
    StandInHash standIn,
    HashingGate gate,
    WriteTurns turns,
    DatabaseWatch watch,
    ILogger<CredentialVerifier> logger)
{
    /// <summary>The user, or null when the two do not belong together or the user is disabled.</summary>
    /// <param name="inVain">The answer is settled, and null: only its time must be that of every other failure.</param>
    public async Task<KnownUser?> VerifyAsync(string email, string password, bool inVain, CancellationToken cancellationToken)
    {
        watch.ThrowIfAway();
        var user = EmailAddress.IsValid(email) ? await users.FindByEmailAsync(email) : null;
        var hash = user?.PasswordHash ?? standIn.Value;
        var refused = inVain || user is not { PasswordHash: not null, Disabled: false };
        var verdict = await gate.RunAsync(() => Check(hash, password), cancellationToken);
        if (verdict == PasswordVerificationResult.Failed || refused)
            return null;

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await TryRehashAsync(user!, password, cancellationToken);
        return await directory.DescribeAsync(user!, cancellationToken);
    }

    // In one go: to queue for the gate twice would take longer than an unknown address does. That the right password pays for a cheap
    // hash as well happens once, as its hash is then replaced.
    private PasswordVerificationResult Check(string hash, string password)
    {
        if (LegacyHashReader.TryRead(hash) is not { } other)
            return CheckIdentity(hash, password);
        return legacy.Matches(other, password) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
    }

    // What a cheap hash lacks comes first, and by the same call: the time of an iteration depends on where memory happens to lie, by a
    // few percent that would tell.
    private PasswordVerificationResult CheckIdentity(string hash, string password)
    {
        var (nobody, missing) = (new GatewayUser(), HashCost.Missing(hash, hashing.Value.IterationCount));
        if (missing > 0)
            hasher.VerifyHashedPassword(nobody, IdentityHash.Blank(missing), password);
        return hasher.VerifyHashedPassword(nobody, hash, password);
    }

    // The password is right, whether the database can be written to or not.
    private async Task TryRehashAsync(GatewayUser user, string password, CancellationToken cancellationToken)
    {
        try
        {
            await RehashAsync(user, password, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            logger.PasswordNotRehashed(user.Id, DatabaseFault.Reason(exception));
        }
    }

    // Not by UserManager: it changes the security stamp along with the hash, which would end every other session of somebody who
    // only logged in, and it leaves a half-written user behind when two logins do this at once. The first of them wins.
    private async Task RehashAsync(GatewayUser user, string password, CancellationToken cancellationToken)
    {
        var better = await gate.RunAsync(() => hasher.HashPassword(user, password), cancellationToken);
        using var turn = await turns.EnterAsync(database, cancellationToken);
        using var patience = new ShortPatience(database);
        var written = await database.Users
            .Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash)
            .ExecuteUpdateAsync(update => update.SetProperty(u => u.PasswordHash, better), cancellationToken);
        if (written > 0)
            logger.PasswordRehashed(user.Id);
    }

    // It is not worth a visitor's time, and the rest of a login may have to wait as well.
    private readonly struct ShortPatience : IDisposable
    {
        private readonly UserDatabase database;

        public ShortPatience(UserDatabase database)
        {
            this.database = database;
            database.Database.SetCommandTimeout(1);
        }

        public void Dispose() => database.Database.SetCommandTimeout((int?)null);
    }
}

/// <summary>The hash that stands in for the one of an unknown user: same format, same cost, no password fits it in practice.</summary>
internal sealed class StandInHash(IOptions<PasswordHasherOptions> options)
{
    public string Value { get; } = new PasswordHasher<GatewayUser>(options).HashPassword(new GatewayUser(), Guid.NewGuid().ToString());
}
