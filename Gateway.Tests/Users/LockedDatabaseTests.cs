using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.Data.Sqlite;

namespace Gateway.Tests.Users;

/// <summary>SQLite has one writer at a time; here somebody else is it.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class LockedDatabaseTests(SharedRedis redis)
{
    [Fact]
    public async Task Login_WhileSomebodyWritesToTheDatabase_WaitsAndNobodyElseDoes()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var remembered = await stage.LogInAsync(remember: true);
        remembered.Close();
        await using var connection = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var writing = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var login = stage.LogInAsync(remember: true);
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
        Assert.False(login.IsCompleted);
        await writing.RollbackAsync(TestContext.Current.CancellationToken);

        using var browser = await login;
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("P11")]
    public async Task Login_WhileTheDatabaseStaysLocked_AsksToTryAgain()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await using var impatient = await TestGateway.StartAsync(stage.Gateway.Settings.Copy().With(
            "ConnectionStrings:Users", stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Default Timeout=1"));
        await using var connection = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var writing = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        using var browser = impatient.NewBrowser();

        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
    }
}
