using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.SecondFactor;

/// <summary>
/// Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 30 seconds, six digits.
/// </summary>
internal static class Totp
{
    public const int Digits = 6;

    /// <summary>RFC 4226 section 4, R6: as long as the hash.</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;

    // A clock that is a little off, and a slow hand (RFC 6238 section 5.2).
    private const int Tolerance = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What RFC 6238 and the apps use; HMAC does not depend on what is broken of SHA-1.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>What was typed, without the spaces that apps show.</summary>
    public static string Typed(string code) => string.Concat(code.Where(character => !char.IsWhiteSpace(character)));

    /// <summary>The time step that the code belongs to; null when it is none of this moment.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), typed))
                return step;
        }

        return null;
    }

    /// <summary>What an app reads from a QR code (the Key URI format of Google Authenticator).</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string issuer, string account)
    {
        var escaped = System.Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{escaped}:{System.Uri.EscapeDataString(account)}?secret={Base32.Encode(secret)}&issuer={escaped}&algorithm=SHA1&digits=6&period=30";
    }
}
