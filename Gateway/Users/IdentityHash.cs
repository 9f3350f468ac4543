using System.Buffers.Binary;

namespace Gateway.Users;

/// <summary>A password hash of ASP.NET Core Identity: PBKDF2 with HMAC-SHA1 in version 2, with what its header says in version 3.</summary>
/// <param name="Format">Its version.</param>
/// <param name="Cost">In iterations of PBKDF2-HMAC-SHA512.</param>
internal readonly record struct IdentityHash(string Format, long Cost)
{
    public const string Version2 = "aspnet-identity-v2";
    public const string Version3 = "aspnet-identity-v3";

    private const int LongestHash = 256;
    private const int Version2Length = 49;
    private const int Version2Iterations = 1000;
    private const int Header = 13;
    private const int ShortestPart = 16;
    private const int Subkey = 32;
    private const uint Sha1 = 0;
    private const uint Sha512 = 2;

    /// <summary>Null when it is none.</summary>
    public static IdentityHash? TryRead(string hash)
    {
        Span<byte> bytes = stackalloc byte[LongestHash];
        if (!Convert.TryFromBase64String(hash, bytes, out var length))
            return null;
        return bytes[0] switch
        {
            0 when length == Version2Length => new IdentityHash(Version2, CostOf(Version2Iterations, Sha1, Subkey)),
            1 when length >= Header + (2 * ShortestPart) => ReadVersion3(bytes[..length]),
            _ => null,
        };
    }

    /// <summary>A hash of no password, in the current format, that costs so many iterations to check.</summary>
    public static string Blank(int iterations)
    {
        Span<byte> bytes = stackalloc byte[Header + ShortestPart + Subkey];
        bytes.Clear();
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Sha512);
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], iterations);
        BinaryPrimitives.WriteInt32BigEndian(bytes[9..], ShortestPart);
        return Convert.ToBase64String(bytes);
    }

    private static IdentityHash? ReadVersion3(ReadOnlySpan<byte> bytes)
    {
        var (function, iterations) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]));
        var salt = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        var subkey = bytes.Length - Header - salt;
        return function <= Sha512 && iterations > 0 && salt >= ShortestPart && subkey >= ShortestPart
            ? new IdentityHash(Version3, CostOf(iterations, function, subkey))
            : null;
    }

    // Each block of the subkey takes all iterations, and one of a shorter digest about half the time.
    private static long CostOf(long iterations, uint function, long subkey)
    {
        var length = function switch { Sha1 => 20, Sha512 => 64, _ => 32 };
        var blocks = (subkey + length - 1) / length;
        return function is Sha512 ? iterations * blocks : iterations * blocks / 2;
    }
}
