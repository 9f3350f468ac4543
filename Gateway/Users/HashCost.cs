namespace Gateway.Users;

/// <summary>
/// What a password hash of ASP.NET Core Identity costs to check. A cheap one, brought over from elsewhere, would tell by the time of
/// a refusal that its address is known (OWASP ASVS 5.0, 6.3.8).
/// </summary>
internal static class HashCost
{
    /// <summary>In iterations of PBKDF2-HMAC-SHA512; none when the hash costs as much as a current one, or more, and all when it is none.</summary>
    public static int Missing(string hash, int currentIterations) =>
        (int)Math.Max(0, currentIterations - (IdentityHash.TryRead(hash)?.Cost ?? 0));
}
