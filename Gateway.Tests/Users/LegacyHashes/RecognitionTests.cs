using Gateway.Users.LegacyHashes;

namespace Gateway.Tests.Users.LegacyHashes;

public sealed class RecognitionTests
{
    [Theory]
    [MemberData(nameof(KnownHashes.All), MemberType = typeof(KnownHashes))]
    public void Hash_OfAnotherSystem_IsRecognizedAndFitsItsPasswordAlone(string format, string text)
    {
        var hash = LegacyHashReader.Read(text);

        Assert.Equal(format, hash?.Format);
        Assert.True(hash!.Matches(KnownHashes.Password));
        Assert.False(hash.Matches(KnownHashes.Password + "6"));
        Assert.False(hash.Matches("PÄSSWÖRD €5"));
        Assert.False(hash.Matches(""));
    }

    [Theory]
    [MemberData(nameof(KnownHashes.All), MemberType = typeof(KnownHashes))]
    public void Hash_AsItIsKept_ReadsAsTheSameAgain(string format, string text)
    {
        var kept = ImportedHash.Read(text, salt: null, format: null);

        Assert.Equal(format, kept.Format);
        Assert.Equal(kept, ImportedHash.Read(kept.Text, salt: null, format: null));
        Assert.True(LegacyHashReader.TryRead(kept.Text)!.Matches(KnownHashes.Password));
    }

    // By PHP: hash("md5", "salt" . $password) and its like.
    [Theory]
    [InlineData("bdab765445cafed19dd260c4cd293468", "salt", null, "md5-salt-before (by its length)")]
    [InlineData("BDAB765445CAFED19DD260C4CD293468", "salt", "MD5", "md5-salt-before")]
    [InlineData("0xbdab765445cafed19dd260c4cd293468", "salt", "md5_Salt_Before", "md5-salt-before")]
    [InlineData("bdab765445cafed19dd260c4cd293468", "hex:73616c74", "md5", "md5-salt-before")]
    [InlineData("bdab765445cafed19dd260c4cd293468", "base64:c2FsdA==", "md5", "md5-salt-before")]
    [InlineData("cf92dc566e77354806dbecd97772aeb9708fcf79", "salt", "sha1-salt-after", "sha1-salt-after")]
    [InlineData("7aac800b951ad22ff9531d34060491942683306d0e371933c217378c4b014c39", null, null, "sha256 (by its length)")]
    [InlineData("7aac800b951ad22ff9531d34060491942683306d0e371933c217378c4b014c39", null, "SHA-256", "sha256")]
    [InlineData("/glFKsfle3/HmtmjxvtRVa/IUmX3WH6czSPUcQ8klYRHKMdiABZDxEUi+AJsilZ+Gicku6tmkeUDCFfxwRrfCg==", "salt", null, "sha512-salt-before (by its length)")]
    [InlineData("/glFKsfle3/HmtmjxvtRVa/IUmX3WH6czSPUcQ8klYRHKMdiABZDxEUi+AJsilZ+Gicku6tmkeUDCFfxwRrfCg==", "salt", "sha512", "sha512-salt-before")]
    [InlineData("nBlqr1qme/Sn/z3RDKoalSMiI/I=", "6jomQpzQ7WRy4cqikuFecg==", "ASPNET_Membership", "aspnet-membership-sha1")]
    [InlineData("nYs3+i4qEn7YhxvbsHbG0DcvGg82ZkHYUk8qROKW1cQ=", "6jomQpzQ7WRy4cqikuFecg==", "aspnet-membership", "aspnet-membership-sha256")]
    [InlineData("m7xWhK/MAkwjVpgna87RLBbQpc149MOaagOq93q5pkI=", "6jomQpzQ7WRy4cqikuFecg==", "aspnet-membership-HMACSHA256", "aspnet-membership-hmacsha256")]
    [InlineData("jUhtnu/oW0O3s", null, "descrypt", "descrypt")]
    [InlineData("$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/", null, "phpass", "phpass")]
    [InlineData("pbkdf2_sha1$1000$saltSALT$MJvUMVXQK9f2vVCpXj9eWDwpppg=", null, "Django", "django-pbkdf2-sha1")]
    public void Digest_WithItsSaltAndFormat_FitsItsPassword(string hash, string? salt, string? format, string counted)
    {
        var kept = ImportedHash.Read(hash, salt, format);

        Assert.Equal(counted, kept.Format);
        Assert.True(LegacyHashReader.Read(kept.Text)!.Matches(KnownHashes.Password));
        Assert.False(LegacyHashReader.Read(kept.Text)!.Matches("another"));
    }

    [Theory]
    [InlineData("secret", null, null, "none of the formats")]
    [InlineData("a password of 22 lettr", null, null, "none of the formats")]
    [InlineData("abcdefghijklmnopqrstuv", null, null, "none of the formats")]
    [InlineData("bdab765445cafed19dd260c4cd29346", null, "md5", "md5 is 16 bytes")]
    [InlineData("bdab765445cafed19dd260c4cd293468", null, "sha1", "sha1 is 20 bytes")]
    [InlineData("bdab765445cafed19dd260c4cd293468", "hex:7", "md5", "not hexadecimal")]
    [InlineData("nBlqr1qme/Sn/z3RDKoalSMiI/I=", "no base64!", "aspnet-membership-sha1", "no base64")]
    [InlineData("bdab765445cafed19dd260c4cd293468", null, "whirlpool", "'whirlpool' is unknown")]
    [InlineData("bdab765445cafed19dd260c4cd293468", null, "bcrypt", "no hash of the format bcrypt")]
    [InlineData("$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/", null, "bcrypt", "it is phpass, not bcrypt")]
    [InlineData("$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/", "salt", null, "has its salt within")]
    [InlineData("$2y$10$short", null, null, "begins like bcrypt")]
    [InlineData("$2y$16$TYh.xQFErU/h6ET07cxYdeZu5nOJDtiDNI9wUON/s/olPrYyZA3RC", null, null, "bcrypt cost of 16")]
    [InlineData("$6$rounds=1000001$CHmDniNNBQWDJaEc$gaKiaVmyez5slYEOKA6si6i3wpVGbSiRQ68Bc7XkHCpQr88Z3dlvJ2tofMZ6OPjONWSTP7jy75g9Wd3eyz2Up0", null, null, "rounds")]
    [InlineData("$y$jET$abcdefgh$dj1mkjNN5.PdyIyfytSSD400qP9dmxiKspqwWZo/yw.", null, null, "512 MB")]
    [InlineData("$P$J3NxpToPwX3dbM5296qvrVIi51M7Wr/", null, null, "2^21 rounds of phpass")]
    [InlineData("$S$7short", null, null, "begins like drupal7")]
    [InlineData("$pbkdf2-sha256$i=5000001$g19f35xZGCSuoPh4XTv61w$usocgEyn9DUxEIxg+q8TMnFSzDU6M2CcIzOOO5TrNJc", null, null, "5000001 iterations")]
    [InlineData("pbkdf2_sha1$2500001$saltSALT$d+Dv0aTd6IeIEjSLIlDd8z9t6kWzNeJ2WHrvV0F74ng=", null, null, "2500001 iterations")]
    [InlineData("$scrypt$ln=18,r=8,p=1$sfYeo1Sq9V6L8Z4TYsyZkw$ZQYVlNcVR7u3h2Frztysp1fEyDASLqQfc54X2JRhtFI", null, null, "costs more")]
    [InlineData("$scrypt$ln=63,r=999999999,p=999999999$sfYeo1Sq9V6L8Z4TYsyZkw$ZQYVlNcVR7u3h2Frztysp1fEyDASLqQfc54X2JRhtFI", null, null, "costs more")]
    [InlineData("scrypt$1000$saltSALT$8$1$FdlbfvfuIKiSg1wv739xxNTGdBaA61wK8K+LtTjIGeoIEmHlo/PVuF6k6S3TDZkNsEmMOP29IaI1500BITgrcw==", null, null, "power of 2")]
    [InlineData("{SSHA}JpUSqccTVrAx8lnp/p5Rjor16ug=", null, null, "20 bytes is none of {SSHA}")]
    [InlineData("{WHIRLPOOL}JpUSqccTVrAx8lnp", null, null, "{WHIRLPOOL} is unknown")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA", null, null, "Argon2")]
    [InlineData("legacy$md5$$AAAA", null, null, "begins like a digest")]
    public void Hash_MalformedOrTooDear_IsRefusedWithItsReason(string hash, string? salt, string? format, string reason)
    {
        var refusal = Assert.Throws<MalformedHashException>(() => ImportedHash.Read(hash, salt, format));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
