using System.Net;
using Gateway.Login.Throttle;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Login;

/// <summary>Logins whose password could not be looked at: nobody guessed wrong, and nothing is counted.</summary>
public sealed class BusyLoginTests(SharedRedis redis)
{
    [Fact]
    public async Task Login_WhileTooManyAreWaiting_IsAskedToComeBack()
    {
        var keys = redis.NewKeys();
        await using var room = new WaitingRoom(new HashingDemand()) { Patience = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.Zero };
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(keys), services: services => services.AddSingleton(room));
        await gateway.AddUserAsync(Stage.Email, Stage.Password);
        using var browser = gateway.NewBrowser();
        for (var turn = 0; turn < HashingGate.Width; turn++)
            Assert.NotNull(await room.EnterAsync("others", isKnown: false, TestContext.Current.CancellationToken));

        using var json = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        using var form = await browser.LoginAsync("nobody@example.org", "wrong");

        foreach (var answer in (HttpResponseMessage[])[json, form])
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
            Assert.Contains("Too many logins at once.", await answer.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("application/problem+json", json.Content.Headers.ContentType?.MediaType);
        Assert.Contains("name=\"password\"", await form.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await keys.CountAsync());
        Assert.Equal(2, gateway.Logs.Of("LoginBusy").Count);
        Assert.Equal(2, (await Operations.Management.ManagementRequests.MetricsAsync(gateway)).Samples["gateway_logins_total{result=\"busy\"}"]);
    }

    [Fact]
    public async Task Login_WithADatabaseThatFails_IsNotCounted()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Login:MaxFailures", "1"));
        using var browser = stage.Gateway.NewBrowser();
        await ExecuteAsync("""ALTER TABLE "Users" RENAME TO "Away" """);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        await ExecuteAsync("""ALTER TABLE "Away" RENAME TO "Users" """);
        await Eventually.TrueAsync(async () =>
        {
            using var later = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
            Assert.NotEqual(HttpStatusCode.Unauthorized, later.StatusCode);
            return later.StatusCode == HttpStatusCode.OK;
        });

        Task<int> ExecuteAsync(string sql) => stage.Gateway.InDatabaseAsync(
            database => database.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken));
    }
}
