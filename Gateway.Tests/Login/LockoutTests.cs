using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

public sealed class LockoutTests(SharedRedis redis)
{
    [Fact]
    [Requirement("A01")]
    public async Task Account_AfterTooManyFailures_IsLockedOnEveryNodeUntilTheLockoutIsOver()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, ThreeFailures);
        var other = await stage.StartNodeAsync();
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stage.Gateway, "wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stage.Gateway, Stage.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(other, Stage.Password));
        var lockout = await keys.TtlAsync(Assert.Single(await keys.ListAsync("attempts:*")));
        Assert.InRange(lockout!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));

        // What Redis does when the time is over.
        await keys.DeleteAllAsync();
        Assert.Equal(HttpStatusCode.OK, await TryAsync(other, Stage.Password));
    }

    [Fact]
    public async Task Account_LockedInTheProcess_IsOpenAgainAfterTheLockoutHoweverOftenItWasTried()
    {
        var clock = new TestClock();
        await using var stage = await Stage.StartAsync(keys: null, settings => ThreeFailures(settings).With("Gateway:Login:Lockout", "00:01:00"), clock);
        for (var attempt = 0; attempt < 3; attempt++)
            await TryAsync(stage.Gateway, "wrong");

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stage.Gateway, Stage.Password));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await TryAsync(stage.Gateway, Stage.Password));
    }

    [Theory]
    [Requirement("A02")]
    [InlineData("ann@example.org", "ANN@example.org", " ann@example.org", "Ann@Example.Org ", "aNN@example.org")]
    [InlineData("\u00e5nn@example.org", "\u00c5NN@example.org", "\u00a0\u00e5nn@example.org", "\u00c5nn@Example.org", "\u00e5NN@EXAMPLE.org")]
    public async Task Guesses_InParallelAndInManySpellings_DontExceedTheBudget(params string[] spellings)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        if (spellings[0] != Stage.Email)
            await stage.Gateway.AddUserAsync(spellings[0], Stage.Password);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(guess => TryAsync(stage.Gateway, "wrong", spellings[guess % spellings.Length])));

        var refused = stage.Gateway.Logs.Of("LoginRefused");
        Assert.Equal(30, refused.Count);
        Assert.Equal(3, refused.Count(entry => entry.Text.Contains("unknown, wrong or disabled", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(stage.Gateway, Stage.Password, spellings[^1]));
    }

    [Fact]
    [Requirement("A01")]
    public async Task Login_ThatSucceeds_GivesTheWholeBudgetBack()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), ThreeFailures);
        foreach (var password in (string[])["wrong", "wrong", Stage.Password, "wrong", "wrong"])
            await TryAsync(stage.Gateway, password);

        Assert.Equal(HttpStatusCode.OK, await TryAsync(stage.Gateway, Stage.Password));
    }

    [Fact]
    [Requirement("A03")]
    public async Task Lockout_LeavesSessionsAndRememberedBrowsersAlone()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, ThreeFailures);
        using var browser = await stage.LogInAsync(remember: true);
        for (var attempt = 0; attempt < 3; attempt++)
            await TryAsync(stage.Gateway, "wrong");

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    private static GatewaySettings ThreeFailures(GatewaySettings settings) => settings.With("Gateway:Login:MaxFailures", "3");

    private static async Task<HttpStatusCode> TryAsync(TestGateway gateway, string password, string email = Stage.Email)
    {
        using var browser = gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(email, password);
        return answer.StatusCode;
    }
}
