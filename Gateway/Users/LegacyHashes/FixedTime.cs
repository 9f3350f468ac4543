using System.Security.Cryptography;
using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>Comparisons that take the same time wherever the difference is.</summary>
internal static class FixedTime
{
    public static bool Equal(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    public static bool Equal(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(one, other);
}
