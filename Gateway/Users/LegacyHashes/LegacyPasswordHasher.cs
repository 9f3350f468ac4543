using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Users.LegacyHashes;

/// <summary>Hashes as ASP.NET Core Identity does, and checks what others have hashed, too. Whatever else is in the database: a wrong password.</summary>
internal sealed class LegacyPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<GatewayUser>(options)
{
    public override PasswordVerificationResult VerifyHashedPassword(GatewayUser user, string hashedPassword, string providedPassword)
    {
        if (IdentityHash.TryRead(hashedPassword) is { } identity)
            return identity.Cost > Pbkdf2Hash.MostIterations ? PasswordVerificationResult.Failed : base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        return LegacyHashReader.TryRead(hashedPassword)?.Matches(providedPassword) == true
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Failed;
    }
}
