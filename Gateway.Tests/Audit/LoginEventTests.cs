using System.Net;
using System.Net.Http.Json;
using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Audit;

/// <summary>What visitors do is in the trail: who, what, when and where from.</summary>
public sealed class LoginEventTests(SharedRedis redis)
{
    private const string Wrong = "a wrong pass phrase";

    [Fact]
    [Requirement("A20", "S13")]
    public async Task Login_Succeeded_TellsWhoWhenAndWhereFromBehindATrustedProxy()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.1"));
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.TryAddWithoutValidation("User-Agent", "Lynx/2.9 \u001b[31m " + new string('x', 600));
        request.Content = JsonContent.Create(new { email = "ANN@example.org", password = Stage.Password, remember = true });

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = await stage.Gateway.OneAsync(AuditActions.LoginSucceeded);
        Assert.Equal(("user:42", "user:42", "203.0.113.7"), (told.Actor, told.Subject, told.Address));
        Assert.Equal("""{"remember":true}""", told.Detail);
        Assert.Equal(256, told.UserAgent!.Length);
        Assert.StartsWith("Lynx/2.9", told.UserAgent, StringComparison.Ordinal);
        Assert.DoesNotContain(told.UserAgent, char.IsControl);
        Assert.InRange(told.At, before, DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    [Requirement("A20")]
    public async Task Login_Refused_NamesAKnownUserAndHidesWhatElseWasTyped()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        foreach (var typed in (string[])[" Ann@Example.org", "hunter2-is-my-password", "HUNTER2-is-my-password", new string('y', 5000)])
        {
            using var refused = await browser.LoginJsonAsync(typed, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync(AuditActions.LoginRefused)).Count == 4);
        var told = await stage.Gateway.AuditAsync(AuditActions.LoginRefused);
        Assert.Equal("user:42", told[0].Subject);
        Assert.Matches("^account:[0-9a-f]{16}$", told[1].Subject);
        Assert.Equal(told[1].Subject, told[2].Subject);
        Assert.NotEqual(told[1].Subject, told[3].Subject);
        Assert.All(told, what => Assert.Null(what.Actor));
        Assert.DoesNotContain("hunter2", string.Concat(told), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Wrong, string.Concat(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_OfALockedAccountAndFromATroubledAddress_IsToldApart()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings
            .With("Gateway:TrustedProxies:0", "127.0.0.1")
            .With("Gateway:Login:MaxFailures", "1")
            .With("Gateway:Login:MaxFailuresPerAddress", "1"));

        await FailAsync(stage, "203.0.113.1", HttpStatusCode.Unauthorized);
        await FailAsync(stage, "203.0.113.2", HttpStatusCode.Unauthorized);
        for (var attempt = 0; attempt < 3; attempt++)
            await FailAsync(stage, "203.0.113.1", HttpStatusCode.TooManyRequests);

        var throttled = await stage.Gateway.OneAsync(AuditActions.LoginThrottled);
        Assert.Equal(("user:42", "203.0.113.1", """{"reason":"address"}"""), (throttled.Subject, throttled.Address, throttled.Detail));
        Assert.Equal("203.0.113.1", (await stage.Gateway.OneAsync(AuditActions.LoginRefused)).Address);
        Assert.Equal("203.0.113.2", (await stage.Gateway.OneAsync(AuditActions.LoginLocked)).Address);
    }

    [Fact]
    [Requirement("S13")]
    public async Task Session_RestoredAndEnded_IsToldWithoutAnythingThatOpensOne()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        // All at once they end in one session, and it was restored once.
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.UserAtAsync())), user => Assert.Equal(Stage.UserId, user));
        string[] secrets = [.. browser.Cookies.Received.Select(line => line.Split('=', 2)[1].Split(';')[0]).Where(value => value.Length > 0)];

        using var answer = await browser.LogoutAsync();

        foreach (var action in (string[])[AuditActions.SessionRestored, AuditActions.BrowserForgotten, AuditActions.Logout])
        {
            var told = await stage.Gateway.OneAsync(action);
            Assert.Equal(("user:42", "user:42", "127.0.0.1"), (told.Actor, told.Subject, told.Address));
        }

        var everything = string.Concat(await stage.Gateway.AuditAsync());
        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Login_OverASession_TellsThatOneWasReplaced()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var again = await browser.LoginJsonAsync(Stage.Email, Stage.Password);

        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync(AuditActions.LoginSucceeded)).Count == 2);
        Assert.Equal([null, """{"replaces":true}"""], (await stage.Gateway.AuditAsync(AuditActions.LoginSucceeded)).Select(what => what.Detail));
    }

    private static async Task FailAsync(Stage stage, string address, HttpStatusCode expected)
    {
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = JsonContent.Create(new { email = Stage.Email, password = Wrong });
        using var answer = await browser.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }
}
