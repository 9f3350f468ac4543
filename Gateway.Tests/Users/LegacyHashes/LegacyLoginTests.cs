using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Gateway.Users.Transfer;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Users.LegacyHashes;

/// <summary>Whoever was imported logs in with the old password, through the gateway's front door.</summary>
public sealed class LegacyLoginTests
{
    [Fact]
    [Requirement("A14")]
    public async Task Login_WithEveryFormat_WorksOnceByTheOldHashAndThenByOurs()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var users = KnownHashes.All.Select((row, number) => new UserRecord($"u{number}", $"u{number}@example.org", null, null, row.Data.Item2))
            .Append(new UserRecord("salt-after", "after@example.org", null, null, "cf92dc566e77354806dbecd97772aeb9708fcf79", "salt", "sha1-salt-after"))
            .Append(new UserRecord("v2", "v2@example.org", null, null, IdentityV2())).ToList();
        await stage.Gateway.ImportAsync([.. users]);
        using var browser = stage.Gateway.NewBrowser();

        foreach (var user in users)
        {
            using var wrong = await browser.LoginJsonAsync(user.Email!, "wrong pass phrase");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            using var first = await browser.LoginJsonAsync(user.Email!, KnownHashes.Password);
            Assert.True(first.StatusCode == HttpStatusCode.OK, user.Hash);

            var kept = await HashAsync(stage.Gateway, user.Id!);
            Assert.Equal(IdentityHash.Version3, IdentityHash.TryRead(kept!)?.Format);
            Assert.DoesNotContain(user.Hash!, kept!, StringComparison.Ordinal);
            using var second = await browser.LoginJsonAsync(user.Email!, KnownHashes.Password);
            Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        }
    }

    // Somebody wrote into the database, or the limits have come down since.
    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("no base64!")]
    [InlineData("AQAAAAIAAYag")]
    [InlineData("$2y$31$TYh.xQFErU/h6ET07cxYdeZu5nOJDtiDNI9wUON/s/olPrYyZA3RC")]
    [InlineData("$2y$")]
    [InlineData("$6$rounds=999999999$a$b")]
    [InlineData("$scrypt$ln=40,r=8,p=1$c2FsdA$aGFzaA")]
    [InlineData("legacy$md5$$")]
    [InlineData("AQAAAAL/////AAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task Login_WithAMalformedHashInTheDatabase_IsAPlainFailure(string hash)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        await stage.Gateway.InDatabaseAsync(database => database.Users.ExecuteUpdateAsync(
            update => update.SetProperty(user => user.PasswordHash, hash), TestContext.Current.CancellationToken));
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(stage.Gateway.Logs.Of("RequestFailed"));
    }

    // The old hash knew 72 bytes of it; ours knows all of what was typed.
    [Fact]
    [Requirement("A06")]
    public async Task Login_WithALongPasswordOfBcrypt_IsExactFromThenOn()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var (start, typed) = (new string('a', 72), new string('a', 72) + "tail");
        await stage.Gateway.ImportAsync(new UserRecord("long", "long@example.org", null, null, MatchingTests.OfALongPassword));
        using var browser = stage.Gateway.NewBrowser();

        using var first = await browser.LoginJsonAsync("long@example.org", typed);
        using var shorter = await browser.LoginJsonAsync("long@example.org", start);
        using var again = await browser.LoginJsonAsync("long@example.org", typed);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (first.StatusCode, shorter.StatusCode, again.StatusCode));
    }

    private static string IdentityV2() =>
        new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2 }))
            .HashPassword("", KnownHashes.Password);

    private static Task<string?> HashAsync(TestGateway gateway, string id) => gateway.InDatabaseAsync(database =>
        database.Users.Where(user => user.Id == id).Select(user => user.PasswordHash).SingleAsync(TestContext.Current.CancellationToken));
}
