using System.Diagnostics;
using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Gateway.Users.LegacyHashes;
using Gateway.Users.Transfer;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Users.LegacyHashes;

/// <summary>A cheap hash of another system must not tell by the time of a refusal that its address is known.</summary>
public sealed class LegacyCheckTests
{
    // In the thread's own time, to which a busy machine adds nothing.
    [Theory]
    [InlineData("{MD5}AWiwItcxwUlvbVudvEunDQ==")]
    [InlineData("$P$BabcdefghJbLKUVQ0Ub0AYGpNFF1PJ0")]
    [InlineData("$2b$08$abcdefghijklmnopqrstuuiSOksp0S7kc3ON5XEjN5EJwSMA2x7DS")]
    public void Check_OfACheapHash_CostsAsMuchAsOneOfToday(string text)
    {
        var options = Options.Create(new PasswordHasherOptions { IterationCount = 100_000 });
        var (check, hasher) = (new LegacyCheck(options), new PasswordHasher<GatewayUser>(options));
        var (hash, today) = (LegacyHashReader.Read(text)!, IdentityHash.Blank(100_000));
        var (old, current) = (new List<TimeSpan>(), new List<TimeSpan>());

        for (var round = 0; round < 6; round++)
        {
            old.Add(TimeOf(() => Assert.False(check.Matches(hash, "wrong pass phrase"))));
            current.Add(TimeOf(() => hasher.VerifyHashedPassword(new GatewayUser(), today, "wrong pass phrase")));
        }

        // The first one pays for compiling and learns what the hash costs.
        Assert.InRange(old.Skip(1).Min() / current.Min(), 0.75, 1.33);
    }

    [Theory]
    [Requirement("A05")]
    [InlineData("{MD5}AWiwItcxwUlvbVudvEunDQ==")]
    [InlineData("$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/")]
    [InlineData("$2b$04$2r7ZoL7iUkxtCT.rb.QQ5.YjB3JT4cdWkNgCaWJ6iggTPK2HLMhPi")]
    [InlineData("pbkdf2_sha256$1000$saltSALT$d+Dv0aTd6IeIEjSLIlDd8z9t6kWzNeJ2WHrvV0F74ng=")]
    public async Task Refusal_WithACheapLegacyHash_TakesAsLongAsOfAnUnknownAddress(string hash)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:Login:MaxFailures", "100"));
        await gateway.ImportAsync(new UserRecord("42", Stage.Email, null, null, hash));
        using var browser = gateway.NewBrowser();
        var (known, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());

        for (var round = 0; round < 5; round++)
        {
            known.Add(await RefuseAsync(Stage.Email));
            unknown.Add(await RefuseAsync($"nobody{round}@example.org"));
        }

        // Unpaid, it would be a twentieth; how near they are on a busy machine says nothing.
        Assert.True(known.Min() > unknown.Min() / 4, $"{known.Min()} against {unknown.Min()}");

        async Task<TimeSpan> RefuseAsync(string email)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await browser.LoginJsonAsync(email, "wrong pass phrase");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return Stopwatch.GetElapsedTime(start);
        }
    }

    private static TimeSpan TimeOf(Action work)
    {
        var start = ThreadTime.Now;
        work();
        return ThreadTime.Now - start;
    }
}
