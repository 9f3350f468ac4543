using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;

namespace Gateway.Tests.Packages;

public sealed class HashTests
{
    private static readonly byte[] Input = Pattern(3_000_017);
    private static readonly Hashes StandIn = Hashes.Of(StandIns.Context.LoadFromAssemblyName(new AssemblyName(StandIns.Hashing)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0x123456789ABCDEF)]
    [InlineData(long.MinValue)]
    public void Every_hash_equals_the_genuine_one(long seed)
    {
        var genuine = Hashes.Of(new AssemblyLoadContext("genuine").LoadFromAssemblyPath(GenuineHashing));

        foreach (var length in Enumerable.Range(0, 2049).Concat([4095, 4096, 4097, 1 << 20, Input.Length - 3]))
        {
            var input = Input.AsSpan(3, length);
            Assert.Equal(genuine.XxHash3(input, seed), StandIn.XxHash3(input, seed));
            Assert.Equal(genuine.XxHash64(input, seed), StandIn.XxHash64(input, seed));
            Assert.Equal(genuine.XxHash64OfArray(input.ToArray()), StandIn.XxHash64OfArray(input.ToArray()));
        }
    }

    /// <summary>SHA-256 over all hashes of 0 to 2048 bytes, computed once with the genuine assembly.</summary>
    [Theory]
    [InlineData(0, "b70edbfe3770f9f10b0ab012f8b3059995c2d9db8ee41ee13d49dee1f72ed580")]
    [InlineData(1, "57d081616116d17b3c1f88cf6a565594601509ec8b2aa28eb1cde47bd6df54c1")]
    [InlineData(-1, "69c7cc576033b96ff7aba939d837618c7b29af7d73deca9dfee0b6dfbec37aaf")]
    public void Every_hash_equals_the_one_on_record(long seed, string recorded)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> hash = stackalloc byte[8];
        for (var length = 0; length <= 2048; length++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(hash, StandIn.XxHash3(Input.AsSpan(0, length), seed));
            all.AppendData(hash);
            all.AppendData(StandIn.XxHash64(Input.AsSpan(0, length), seed));
        }
        Assert.Equal(recorded, Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    /// <summary>Published in the xxHash project's own test vectors: the empty input without a seed.</summary>
    [Fact]
    public void The_empty_input_has_the_published_hash()
    {
        Assert.Equal(0x2D06800538D394C2u, StandIn.XxHash3([], 0));
        Assert.Equal("EF46DB3751D8E999", Convert.ToHexString(StandIn.XxHash64OfArray([])), ignoreCase: false);
    }

    private static string GenuineHashing => typeof(HashTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, nameof(GenuineHashing), StringComparison.Ordinal)).Value!;

    private static byte[] Pattern(int length)
    {
        var pattern = new byte[length];
        for (var i = 0; i < length; i++)
            pattern[i] = (byte)((uint)i * 2654435761 >> 24);
        return pattern;
    }
}
