using System.Diagnostics;
using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Users;

/// <summary>An old, cheap hash must not tell by the time of a refusal that its address is known.</summary>
public sealed class HashCostTests
{
    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2, 1_000, 209_000)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 1_000, 209_000)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 210_000, 0)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3, 220_000, 0)]
    public void Hash_LacksWhatItIsCheaperThanACurrentOne(PasswordHasherCompatibilityMode mode, int iterations, int missing) =>
        Assert.Equal(missing, HashCost.Missing(Hash(mode, iterations), 210_000));

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64")]
    public void Hash_ThatIsNone_LacksAll(string hash) => Assert.Equal(210_000, HashCost.Missing(hash, 210_000));

    [Theory]
    [Requirement("A05")]
    [InlineData("wrong pass phrase", false)]
    [InlineData(Stage.Password, true)]
    public async Task Refusal_WithACheapHash_TakesAsLongAsOfAnUnknownAddress(string password, bool disabled)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:Login:MaxFailures", "100"));
        await gateway.AddUserAsync(Stage.Email, Stage.Password);
        var cheap = Hash(PasswordHasherCompatibilityMode.IdentityV2, 1_000);
        await gateway.InDatabaseAsync(database => database.Users.ExecuteUpdateAsync(
            update => update.SetProperty(user => user.PasswordHash, cheap).SetProperty(user => user.Disabled, disabled),
            TestContext.Current.CancellationToken));
        using var browser = gateway.NewBrowser();
        var (known, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());

        for (var round = 0; round < 3 || (round < 25 && !AreAlike()); round++)
        {
            known.Add(await RefuseAsync(browser, Stage.Email, password));
            unknown.Add(await RefuseAsync(browser, $"nobody{round}@example.org", password));
        }

        Assert.True(AreAlike(), $"{known.Min()} against {unknown.Min()}");

        // The best of several, of more on a busy machine: what else it does only adds.
        bool AreAlike() => known.Min() > unknown.Min() * 0.7;
    }

    private static async Task<TimeSpan> RefuseAsync(Browser browser, string email, string password)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await browser.LoginJsonAsync(email, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Hash(PasswordHasherCompatibilityMode mode, int iterations) =>
        new PasswordHasher<GatewayUser>(Options.Create(new PasswordHasherOptions { CompatibilityMode = mode, IterationCount = iterations }))
            .HashPassword(new GatewayUser(), Stage.Password);
}
