using System.Buffers.Binary;

namespace Gateway.Users;

/// <summary>
/// What it costs to check a password hash of ASP.NET Core Identity. A cheap one, brought over from elsewhere, would tell by the time
/// of a refusal that its address is known (OWASP ASVS 5.0, 6.3.8).
/// </summary>
internal static class HashCost
{
    private const int LongestHash = 256;
    private const byte Version3 = 1;
    private const int Version3Header = 13;
    private const uint Sha256 = 1;
    private const uint Sha512 = 2;
    private const int Salt = 16;
    private const int Subkey = 32;

    /// <summary>A hash of no password, in the current format, that costs so many iterations to check.</summary>
    public static string Blank(int iterations)
    {
        Span<byte> bytes = stackalloc byte[Version3Header + Salt + Subkey];
        bytes.Clear();
        bytes[0] = Version3;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Sha512);
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], iterations);
        BinaryPrimitives.WriteInt32BigEndian(bytes[9..], Salt);
        return Convert.ToBase64String(bytes);
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
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) == Sha256 ? iterations / 2 : iterations;
    }
}
