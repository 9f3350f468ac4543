using System.Text;
using Gateway.Users.LegacyHashes;

namespace Gateway.Tests.Users.LegacyHashes;

/// <summary>What old systems do with passwords that are unusual.</summary>
public sealed class MatchingTests
{
    // By Python's bcrypt, of 72 letters and a tail.
    internal const string OfALongPassword = "$2b$04$d3gEsXCmEMWoFuMoaWLfp.92bk8hWff/VOlruus9WbrhAZi.dYMfu";

    [Fact]
    public void Bcrypt_TakesTheFirst72BytesAndNoMore()
    {
        var hash = LegacyHashReader.Read(OfALongPassword)!;

        Assert.True(hash.Matches(new string('a', 72)));
        Assert.True(hash.Matches(new string('a', 72) + "and what is behind"));
        Assert.True(hash.Matches(new string('a', 72) + new string('ä', 900)));
        Assert.False(hash.Matches(new string('a', 71)));
        Assert.False(hash.Matches(new string('a', 71) + "b"));
    }

    [Theory]
    [MemberData(nameof(KnownHashes.All), MemberType = typeof(KnownHashes))]
    public void Hash_WithNulInThePassword_DoesNotFit(string _, string text)
    {
        var hash = LegacyHashReader.Read(text)!;

        Assert.False(hash.Matches(KnownHashes.Password + "\0"));
        Assert.False(hash.Matches(KnownHashes.Password + "\0and more"));
        Assert.False(hash.Matches("\0" + KnownHashes.Password));
    }

    [Theory]
    [MemberData(nameof(KnownHashes.All), MemberType = typeof(KnownHashes))]
    public void Hash_WithTheLongestPassword_DoesNotFit(string _, string text) => Assert.False(LegacyHashReader.Read(text)!.Matches(new string('€', 1024)));

    // Of the traditional crypt(3) nobody expects more.
    [Fact]
    public void Descrypt_TakesTheFirstEightBytes()
    {
        var hash = LegacyHashReader.Read(ImportedHash.Read("jUhtnu/oW0O3s", salt: null, "descrypt").Text)!;

        Assert.Equal("{CRYPT}jUhtnu/oW0O3s", hash.Text);
        Assert.True(hash.Matches(KnownHashes.Password));
        Assert.True(hash.Matches(KnownHashes.Password[..6]));
        Assert.False(hash.Matches(KnownHashes.Password[..5]));
    }

    // Two of the 132 bits of a salt mean nothing; libcrypt clears them, some other implementations left them set.
    [Fact]
    public void Bcrypt_WithASaltThatLibcryptWouldWriteOtherwise_Fits() =>
        Assert.True(LegacyHashReader.Read("$2b$04$abcdefghijklmnopqrstuviSOksp0S7kc3ON5XEjN5EJwSMA2x7DS")!.Matches(KnownHashes.Password));

    // RFC 7914, section 12.
    [Theory]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    public void Scrypt_DerivesWhatItsSpecificationDoes(string password, string salt, int n, int r, int p, string key) =>
        Assert.Equal(key, Convert.ToHexStringLower(Scrypt.Within(n, r, p).Derive(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), 64)));
}
