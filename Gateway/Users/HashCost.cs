using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gateway.Users;

/// <summary>
/// What it costs to check a password hash of ASP.NET Core Identity. A cheap one, brought over from elsewhere, would tell by the time
/// of a refusal that its address is known (OWASP ASVS 5.0, 6.3.8).
/// </summary>
internal static class HashCost
{
    private const int LongestHash = 256;
    private const int Version3Header = 13;

    /// <summary>Does the work that checking <paramref name="hash"/> lacks against a hash of the current cost.</summary>
    public static void MakeUp(string hash, string password, int currentIterations)
    {
        if (Missing(hash, currentIterations) is var missing and > 0)
            Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], missing, HashAlgorithmName.SHA512, 32);
    }

    /// <summary>In iterations of PBKDF2-HMAC-SHA512; none when the hash costs as much as a current one, or more.</summary>
    public static int Missing(string hash, int currentIterations) => (int)Math.Max(0, currentIterations - Iterations(hash));

    private static long Iterations(string hash)
    {
        Span<byte> bytes = stackalloc byte[LongestHash];
        if (!Convert.TryFromBase64String(hash, bytes, out var length) || length < Version3Header)
            return 0;
        if (bytes[0] == 0)
            return 1000;
        var iterations = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        // One of SHA-256 takes about half the time; one of SHA-1 makes two blocks, and takes about as long.
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) == 1 ? iterations / 2 : iterations;
    }
}
