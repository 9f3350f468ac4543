namespace Gateway.Tests.Users.LegacyHashes;

/// <summary>
/// Hashes of one password, each by an implementation that is not the gateway's: passlib, Django, bcrypt and hashlib of Python, PHP,
/// and libxcrypt. Those of tools that the tests can start are made anew in <see cref="ToolTests"/>.
/// </summary>
public static class KnownHashes
{
    public const string Password = "pässwörd €5";

    /// <summary>What an import calls it, and the hash.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "bcrypt", "$2b$04$2r7ZoL7iUkxtCT.rb.QQ5.YjB3JT4cdWkNgCaWJ6iggTPK2HLMhPi" },
        { "bcrypt", "$2a$04$DmLKfEg/rRtbNNt3qBZQnuYdF66xqAC1FSO7L05JgbajfHYzyzGa6" },
        { "bcrypt", "$2y$04$TYh.xQFErU/h6ET07cxYdeZu5nOJDtiDNI9wUON/s/olPrYyZA3RC" },
        { "wordpress", "$wp$2y$04$IFt79XWq/9pNNojANbbyQuyv9IenHx9eozoI2WuqykWylq5U/9Ayy" },
        { "django-bcrypt", "bcrypt$$2b$04$nbIMXp1Kn6BfYFFOn3V1kuRLU2.pcfqt.A4fTYZ80invMbLeCYWj." },
        { "django-bcrypt-sha256", "bcrypt_sha256$$2b$04$qPFdSwCBZQoSbnLO2mNhGe1tvqGdnAo3eRTnezhVL1Nz58QUSksS6" },
        { "md5crypt", "$1$LFjbe1fC$EMoOyp4zHFfjR1HLdL9890" },
        { "apr1", "$apr1$MPe7/Yww$3.PUPulYyzi8PU1WBfO3v1" },
        { "sha256crypt", "$5$rounds=1000$9lZ6Nl5Tu4qL4C4J$.Zgtf6Ix0c8grbKSZjSb2IK/ezCQB1mhpNCLnRX6/W4" },
        { "sha512crypt", "$6$CHmDniNNBQWDJaEc$gaKiaVmyez5slYEOKA6si6i3wpVGbSiRQ68Bc7XkHCpQr88Z3dlvJ2tofMZ6OPjONWSTP7jy75g9Wd3eyz2Up0" },
        { "sha512crypt", "{CRYPT}$6$rounds=1000$lmUdmj/MEQOx2W7h$k7bGB1fBRftUB2XBDweldwwz.o4RdJ5RjLcVhg5.YlrRTH8WoXPdssu6b4k70C3JwNO.mRMh5UchQNT/qNA.p." },
        { "yescrypt", "$y$j75$abcdefgh$dj1mkjNN5.PdyIyfytSSD400qP9dmxiKspqwWZo/yw." },
        { "phpass", "$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/" },
        { "phpass", "$H$6DLoBp03g4TTSVeOItgaQ374UzHsX0/" },
        { "drupal7", "$S$7abcdEFGHdSv1ON6mYy9dQEwm5.DE7/ZA6lim9B79jhocI1.4CD." },
        { "drupal7", "U$S$7abcdEFGHHkN10WrkzeJJVTEyGLQmy74Fgx71QjfJbtLuVq5FR/U" },
        { "pbkdf2-sha1", "$pbkdf2$1000$p1TK2TunlNJaS6mV0hrDGA$5wcrJe0V8F34mM/75Ixjt4zKa14" },
        { "pbkdf2-sha256", "$pbkdf2-sha256$1000$fW.N8T6HcK6VEgJAaA2BMA$9LBjhg2858WWs1smN7KbxXWQ31uJxk9PrOOKiZaIF.0" },
        { "pbkdf2-sha256", "$pbkdf2-sha256$i=1000,l=32$g19f35xZGCSuoPh4XTv61w$usocgEyn9DUxEIxg+q8TMnFSzDU6M2CcIzOOO5TrNJc" },
        { "pbkdf2-sha512", "$pbkdf2-sha512$i=1000$g19f35xZGCSuoPh4XTv61w$5AZ0VeUEx0ynA8qwlr1zlC3hzPRPVJWJkRCFM7GbjENx8MTjuNWKqaOSqArR3VTOFth5p+9knI4Gzb/Cxfyf+Q" },
        { "django-pbkdf2-sha256", "pbkdf2_sha256$1000$saltSALT$d+Dv0aTd6IeIEjSLIlDd8z9t6kWzNeJ2WHrvV0F74ng=" },
        { "django-pbkdf2-sha1", "pbkdf2_sha1$1000$saltSALT$MJvUMVXQK9f2vVCpXj9eWDwpppg=" },
        { "scrypt", "$scrypt$ln=10,r=8,p=1$sfYeo1Sq9V6L8Z4TYsyZkw$ZQYVlNcVR7u3h2Frztysp1fEyDASLqQfc54X2JRhtFI" },
        { "scrypt", "$scrypt$ln=8,r=4,p=3$klLKOUdIqRWC0Lp3jlGqVQ$oei9E+PzzopkB9JBlGJ2oMcblAFRPFX3qj/lyl6xXaw" },
        { "django-scrypt", "scrypt$1024$saltSALT$8$1$FdlbfvfuIKiSg1wv739xxNTGdBaA61wK8K+LtTjIGeoIEmHlo/PVuF6k6S3TDZkNsEmMOP29IaI1500BITgrcw==" },
        { "django-sha1", "sha1$saltsalt$88c473c6113fe38c865ae7b22f78a43ae7f85ee1" },
        { "django-md5", "md5$saltsalt$30b2f47f4d9be884f8da744277ed467c" },
        { "ldap-md5", "{MD5}AWiwItcxwUlvbVudvEunDQ==" },
        { "ldap-smd5", "{SMD5}z55p45/F6tIyt2EFi32571NKaW0=" },
        { "ldap-sha", "{SHA}JpUSqccTVrAx8lnp/p5Rjor16ug=" },
        { "ldap-ssha", "{SSHA}vRa6FMl0voR4LutB+JB4fxq8H+MXYmxN" },
        { "ldap-ssha256", "{SSHA256}e9BGKsTKB4RIxXk+yRqBHFNj2ENsLHqn6uguBaItsqfeO2fs/X+PcQ==" },
        { "ldap-ssha512", "{SSHA512}GDiYB1dZAozmiKlr2/u8B3UOqoNIf58j3bXKGQeSPVtK0YmD1WomJys+b3BOr0xLag0VifFze09mp+UzAOfYfJWyVkrJeU/J" },
        { "aspnet-membership-sha1", "legacy$aspnet-membership-sha1$6jomQpzQ7WRy4cqikuFecg==$nBlqr1qme/Sn/z3RDKoalSMiI/I=" },
        { "aspnet-membership-sha256", "legacy$aspnet-membership-sha256$6jomQpzQ7WRy4cqikuFecg==$nYs3+i4qEn7YhxvbsHbG0DcvGg82ZkHYUk8qROKW1cQ=" },
        { "aspnet-membership-hmacsha256", "legacy$aspnet-membership-hmacsha256$6jomQpzQ7WRy4cqikuFecg==$m7xWhK/MAkwjVpgna87RLBbQpc149MOaagOq93q5pkI=" },
    };
}
