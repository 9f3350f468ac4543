using System.Buffers;
using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>How the index of a user names a session: by the 32 bytes of its key, which are half as long as their digits.</summary>
internal static class IndexMember
{
    private const int Bytes = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static RedisValue Of(string key) => IsHash(key) ? Convert.FromHexString(key) : key;

    /// <summary>Also as the gateway of before wrote it, in digits.</summary>
    public static RedisValue[] AnyOf(string key) => IsHash(key) ? [Convert.FromHexString(key), key] : [key];

    public static string KeyOf(RedisValue member) =>
        (byte[]?)member is { Length: Bytes } bytes ? Convert.ToHexStringLower(bytes) : member.ToString();

    private static bool IsHash(string key) => key.Length == 2 * Bytes && !key.AsSpan().ContainsAnyExcept(Digits);
}
