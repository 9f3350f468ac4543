using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gateway.SecondFactor;

/// <summary>The rows of second factors. A code is accepted once, on whichever node it comes first.</summary>
internal sealed class FactorStore(
    UserDatabase database, WriteTurns turns, IDataProtectionProvider protection, TimeProvider clock, ILogger<FactorStore> logger)
{
    // Of what somebody may type; the longest is a recovery code with spaces.
    private const int LongestCode = 100;

    /// <summary>By what the user has just shown themselves; null when the code is none of theirs, or was used before.</summary>
    public async Task<FactorKind?> AcceptAsync(string userId, string typed, CancellationToken cancellationToken)
    {
        if (typed.Length > LongestCode)
            return null;
        var code = string.Concat(typed.Where(character => !char.IsWhiteSpace(character) && character != '-'));
        if (code.Length == Totp.Digits && code.All(char.IsAsciiDigit))
            return await AcceptTotpAsync(userId, code, cancellationToken) ? FactorKind.Totp : null;
        return RecoveryCode.HashOf(code) is { } hash && await UseRecoveryAsync(userId, hash, cancellationToken) ? FactorKind.Recovery : null;
    }

    /// <summary>By what a user can show more than the password.</summary>
    public async Task<FactorMeans> MeansOfAsync(KnownUser user, CancellationToken cancellationToken) =>
        new(user.HasSecondFactor, await database.Set<IdentityUserPasskey<string>>().AnyAsync(passkey => passkey.UserId == user.Id, cancellationToken));

    public Task<int> CountRecoveryAsync(string userId, CancellationToken cancellationToken) =>
        database.Set<RecoveryCode>().CountAsync(code => code.UserId == userId, cancellationToken);

    /// <summary>To be called within a transaction, like what follows.</summary>
    /// <param name="step">Of the code that confirmed it.</param>
    public async Task SetTotpAsync(string userId, byte[] secret, long step, CancellationToken cancellationToken)
    {
        await database.Set<TotpKey>().Where(key => key.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        database.Add(new TotpKey { UserId = userId, Secret = Protect(userId, secret), LastStep = step, CreatedAt = clock.GetUtcNow() });
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>New codes in place of all earlier ones. Nobody can find out later what they were.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryAsync(string userId, CancellationToken cancellationToken)
    {
        await database.Set<RecoveryCode>().Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New())];
        database.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Hash = RecoveryCode.HashOf(code)! }));
        await database.SaveChangesAsync(cancellationToken);
        return codes;
    }

    public async Task RemoveAllAsync(string userId, CancellationToken cancellationToken)
    {
        await database.Set<IdentityUserPasskey<string>>().Where(passkey => passkey.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await RemoveAppAsync(userId, cancellationToken);
    }

    public async Task RemoveAppAsync(string userId, CancellationToken cancellationToken)
    {
        await database.Set<TotpKey>().Where(key => key.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await database.Set<RecoveryCode>().Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> AcceptTotpAsync(string userId, string code, CancellationToken cancellationToken)
    {
        var key = await database.Set<TotpKey>().AsNoTracking().SingleOrDefaultAsync(key => key.UserId == userId, cancellationToken);
        if (key is null || Unprotect(key) is not { } secret || Totp.FindStep(secret, code, clock.GetUtcNow()) is not { } step)
            return false;
        using var turn = await turns.EnterAsync(database, cancellationToken);
        return await database.Set<TotpKey>()
            .Where(row => row.UserId == userId && row.Secret == key.Secret && row.LastStep < step)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastStep, step), cancellationToken) == 1;
    }

    private async Task<bool> UseRecoveryAsync(string userId, string hash, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(database, cancellationToken);
        return await database.Set<RecoveryCode>().Where(code => code.UserId == userId && code.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    // By the user's id as well: a row that was copied to somebody else opens nothing.
    private IDataProtector Protector(string userId) => protection.CreateProtector("Gateway.SecondFactor.Totp", "v1", userId);

    private string Protect(string userId, byte[] secret) => Base64Url.EncodeToString(Protector(userId).Protect(secret));

    private byte[]? Unprotect(TotpKey key)
    {
        try
        {
            return Protector(key.UserId).Unprotect(Base64Url.DecodeFromChars(key.Secret));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException && !DatabaseFault.Is(exception))
        {
            logger.SecretUnreadable(key.UserId);
            return null;
        }
    }
}

/// <param name="App">An authenticator app, and recovery codes with it.</param>
internal sealed record FactorMeans(bool App, bool Passkey)
{
    public bool Any => App || Passkey;
}
