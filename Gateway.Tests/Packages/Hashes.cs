using System.Reflection;

namespace Gateway.Tests.Packages;

/// <summary>The hash functions of one System.IO.Hashing, of which several are loaded here.</summary>
internal sealed record Hashes(Hashes.ToNumber XxHash3, Hashes.ToBytes XxHash64, Func<byte[], byte[]> XxHash64OfArray)
{
    internal delegate ulong ToNumber(ReadOnlySpan<byte> source, long seed);

    internal delegate byte[] ToBytes(ReadOnlySpan<byte> source, long seed);

    internal static Hashes Of(Assembly assembly) => new(
        Find<ToNumber>(assembly, "XxHash3", "HashToUInt64", typeof(ReadOnlySpan<byte>), typeof(long)),
        Find<ToBytes>(assembly, "XxHash64", "Hash", typeof(ReadOnlySpan<byte>), typeof(long)),
        Find<Func<byte[], byte[]>>(assembly, "XxHash64", "Hash", typeof(byte[])));

    private static T Find<T>(Assembly assembly, string type, string method, params Type[] parameters) where T : Delegate =>
        assembly.GetType($"System.IO.Hashing.{type}", throwOnError: true)!.GetMethod(method, parameters)!.CreateDelegate<T>();
}
