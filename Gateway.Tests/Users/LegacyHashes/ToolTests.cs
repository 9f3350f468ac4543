using System.Diagnostics;
using Gateway.Tests.Hosting;
using Gateway.Users.LegacyHashes;

namespace Gateway.Tests.Users.LegacyHashes;

/// <summary>Hashes by the tools that people made theirs with, as this machine has them.</summary>
public sealed class ToolTests
{
    [Theory]
    [InlineData("apr1", "htpasswd", "-nbm", "ann", KnownHashes.Password)]
    [InlineData("bcrypt", "htpasswd", "-nbB", "ann", KnownHashes.Password)]
    [InlineData("ldap-sha", "htpasswd", "-nbs", "ann", KnownHashes.Password)]
    [InlineData("sha256crypt", "htpasswd", "-nb2", "ann", KnownHashes.Password)]
    [InlineData("sha512crypt", "htpasswd", "-nb5", "ann", KnownHashes.Password)]
    [InlineData("yescrypt", "mkpasswd", "-m", "yescrypt", KnownHashes.Password)]
    [InlineData("sha512crypt", "mkpasswd", "-m", "sha512crypt", KnownHashes.Password)]
    [InlineData("sha256crypt", "mkpasswd", "-m", "sha256crypt", "-R", "20000", KnownHashes.Password)]
    [InlineData("md5crypt", "mkpasswd", "-m", "md5crypt", KnownHashes.Password)]
    [InlineData("bcrypt", "mkpasswd", "-m", "bcrypt", KnownHashes.Password)]
    [InlineData("bcrypt", "mkpasswd", "-m", "bcrypt-a", KnownHashes.Password)]
    [InlineData("apr1", "openssl", "passwd", "-apr1", KnownHashes.Password)]
    [InlineData("md5crypt", "openssl", "passwd", "-1", KnownHashes.Password)]
    [InlineData("sha256crypt", "openssl", "passwd", "-5", KnownHashes.Password)]
    [InlineData("sha512crypt", "openssl", "passwd", "-6", KnownHashes.Password)]
    [InlineData("bcrypt", "php", "-r", "echo password_hash($argv[1], PASSWORD_BCRYPT, ['cost' => 5]);", KnownHashes.Password)]
    [InlineData("md5crypt", "php", "-r", "echo crypt($argv[1], '$1$saltsalt$');", KnownHashes.Password)]
    [InlineData("sha512crypt", "php", "-r", "echo crypt($argv[1], '$6$rounds=2000$saltsalt$');", KnownHashes.Password)]
    [InlineData("md5 (by its length)", "php", "-r", "echo md5($argv[1]);", KnownHashes.Password)]
    [InlineData("sha256 (by its length)", "php", "-r", "echo base64_encode(hash('sha256', $argv[1], true));", KnownHashes.Password)]
    public async Task Hash_MadeByATool_FitsItsPasswordAlone(string format, string program, params string[] arguments)
    {
        // Where the suite must be whole, nothing is left out.
        Assert.SkipWhen(Executable.Find(program) is null && Environment.GetEnvironmentVariable("CI") is null, $"no {program} on this machine");
        await using var tool = ChildProcess.Start(new ProcessStartInfo(Executable.Require(program), arguments));
        Assert.Equal(0, await tool.ExitAsync());

        // htpasswd puts the user's name before it.
        var written = tool.Output.Trim();
        var imported = ImportedHash.Read(written.StartsWith("ann:", StringComparison.Ordinal) ? written[4..] : written, salt: null, format: null);

        Assert.Equal(format, imported.Format);
        Assert.True(LegacyHashReader.Read(imported.Text)!.Matches(KnownHashes.Password));
        Assert.False(LegacyHashReader.Read(imported.Text)!.Matches("passwort €5"));
    }
}
