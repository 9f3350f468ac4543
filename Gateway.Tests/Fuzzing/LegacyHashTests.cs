using FsCheck;
using FsCheck.Fluent;
using Gateway.Tests.Users.LegacyHashes;
using Gateway.Users;
using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Fuzzing;

/// <summary>Hashes of other systems, in a file and in the database.</summary>
public sealed class LegacyHashTests
{
    private static readonly LegacyPasswordHasher Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    // Without the digits that say how much work there is: one slip in them takes a second.
    private static readonly string[] Cheap =
        [.. KnownHashes.All.Select(row => row.Data.Item2).Where(text => !text.Contains("$2", StringComparison.Ordinal) && !text.Contains("crypt$", StringComparison.Ordinal))];

    private static Gen<string> Hashes => Gen.OneOf(
        Gen.Elements(Cheap).SelectMany(text => Texts.SlipsIn(text)),
        Texts.Of("$", "{", "}", "$2b$04$", "$1$", "$6$", "$y$", "$P$", "U$S$", "pbkdf2_sha256$", "$scrypt$ln=1,r=1,p=1$", "legacy$", "md5", "{SSHA}", "{CRYPT}", "AAAA", "==", "1"),
        Texts.Anything);

    private static Gen<string> Formats => Gen.OneOf(Gen.Elements("md5", "sha1-salt-after", "aspnet-membership", "descrypt", "bcrypt"), Texts.Anything);

    [Fact]
    public void Hash_WhateverItIs_IsKeptOrRefusedWithAReason() => Fuzz.Holds(
        Gen.Zip(Gen.Zip(Hashes, Gen.OneOf(Texts.Anything, Texts.Of("hex:", "base64:", "AA"))), Formats),
        input =>
        {
            var ((hash, salt), format) = input;
            foreach (var (withSalt, withFormat) in ((string?, string?)[])[(null, null), (salt, null), (null, format), (salt, format)])
            {
                try
                {
                    var kept = ImportedHash.Read(hash, withSalt, withFormat);
                    Assert.True(IdentityHash.TryRead(kept.Text) is not null || LegacyHashReader.Read(kept.Text) is not null);
                }
                catch (MalformedHashException refusal)
                {
                    Assert.NotEmpty(refusal.Message);
                }
            }
        });

    [Fact]
    public void Hash_WhateverIsInTheDatabase_LetsNobodyInAndThrowsNothing() => Fuzz.Holds(
        Gen.Zip(Hashes, Texts.Anything),
        input => Assert.Equal(PasswordVerificationResult.Failed, Hasher.VerifyHashedPassword(new GatewayUser(), input.Item1, input.Item2)),
        cost: 2);

    [Fact]
    public void Password_WhateverItIs_MayBeAskedOfEveryFormat() => Fuzz.Holds(
        Gen.Zip(Gen.Elements(KnownHashes.All.Select(row => row.Data.Item2).ToArray()), Texts.Anything),
        input => Assert.False(LegacyHashReader.Read(input.Item1)!.Matches(input.Item2)));
}
