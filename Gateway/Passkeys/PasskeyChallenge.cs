using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Login.Throttle;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.Passkeys;

/// <summary>
/// What a passkey has to sign, as the page's form brings it back: encrypted, for one purpose and one user or nobody yet, for ten
/// minutes, and once (on whichever node).
/// </summary>
internal sealed class PasskeyChallenge(IDataProtectionProvider protection, IAttemptCounter counter, TimeProvider clock)
{
    private const int LongestState = 4096;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <param name="state">What <see cref="Microsoft.AspNetCore.Identity.IPasskeyHandler{TUser}"/> needs again.</param>
    public string Write(PasskeyPurpose purpose, string? userId, string state)
    {
        var content = $"{clock.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds()} {state}";
        return Base64Url.EncodeToString(Protector(purpose, userId).Protect(Encoding.UTF8.GetBytes(content)));
    }

    /// <summary>Null for what this gateway has not made for this purpose and user, or too long ago, and when it was read before.</summary>
    public async Task<string?> TakeAsync(PasskeyPurpose purpose, string? userId, string? text, CancellationToken cancellationToken)
    {
        if (text is not { Length: > 0 and <= LongestState } || !Base64Url.IsValid(text) || Unprotect(purpose, userId, text) is not { } content)
            return null;
        var end = content.IndexOf(' ', StringComparison.Ordinal);
        if (clock.GetUtcNow().ToUnixTimeSeconds() >= long.Parse(content.AsSpan(0, end), CultureInfo.InvariantCulture))
            return null;
        var name = "passkey:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        return (await counter.AddAsync(name, prolongTo: 1, Lifetime, cancellationToken)).Number == 1 ? content[(end + 1)..] : null;
    }

    private string? Unprotect(PasskeyPurpose purpose, string? userId, string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Protector(purpose, userId).Unprotect(Base64Url.DecodeFromChars(text)));
        }
        catch (CryptographicException exception) when (!DatabaseFault.Is(exception))
        {
            return null;
        }
    }

    private IDataProtector Protector(PasskeyPurpose purpose, string? userId) =>
        protection.CreateProtector("Gateway.Passkeys", "v1", purpose.ToString(), userId is null ? "nobody" : "user:" + userId);
}

/// <summary>What a passkey is made or used for; what was signed for one is worth nothing for another.</summary>
internal enum PasskeyPurpose
{
    Registration,
    Login,
    SecondFactor,
    Reauthentication,
}
