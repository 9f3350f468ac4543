using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Users;

/// <summary>Whoever waits for SQLite's one writer of this process holds no thread, and not for long.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class WriteTurnsTests
{
    [Fact]
    public async Task Login_WhileAnotherWriterHasItsTurn_IsAskedToComeBackAndLosesNothing()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:Login:MaxFailures", "1"));
        await using var scope = stage.Gateway.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UserDatabase>();
        var turn = await stage.Gateway.Services.GetRequiredService<WriteTurns>().EnterAsync(database, TestContext.Current.CancellationToken);
        using var browser = stage.Gateway.NewBrowser();

        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var refused = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Empty(browser.Cookies.All);
        }

        Assert.NotNull(turn);
        turn.Dispose();
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // It is readable, and nobody was told otherwise.
        Assert.Empty(stage.Gateway.Logs.Of("DatabaseAway"));
    }
}
