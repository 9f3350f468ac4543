using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Sessions;

/// <summary>The change log, when things don't go in order.</summary>
public class UserChangeFollowerTests(SharedRedis redis)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decision_MadeWhileRedisDidNotAnswer_HoldsSoonAfterItDoes()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync();
        await server.FreezeAsync();
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("ChangesNotFollowed").Count > 0);

        await server.ThawAsync();

        await Eventually.TrueAsync(async () => (await server.Keys().ListAsync("session:*")).Count == 0, Promised);
    }

    [Fact]
    public async Task Decisions_MadeWhileRedisDoesNotAnswer_HoldForAllOfTheirUsers()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var ann = await stage.LogInAsync();
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        Assert.Equal(Stage.UserId, await ann.UserAtAsync());
        Assert.Equal("43", await bob.UserAtAsync());
        await server.FreezeAsync();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        await stage.Gateway.ChangeUserAsync("bob@example.org", (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));

        await Eventually.TrueAsync(async () => await StatusAsync(ann) == HttpStatusCode.ServiceUnavailable, Promised);
        await Eventually.TrueAsync(async () => await StatusAsync(bob) == HttpStatusCode.ServiceUnavailable, Promised);
    }

    [Fact]
    public async Task Line_ThatBecomesVisibleAfterALaterOne_IsNotMissed()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, "43");
        using var ann = await stage.LogInAsync();
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", Stage.Password);
        await RenameAsync(stage, "43", "Robert", line: 1050);
        await Eventually.TrueAsync(async () => await NameAsync(bob) == "Robert", Promised);

        await RenameAsync(stage, Stage.UserId, "Anna", line: 1001);

        await Eventually.TrueAsync(async () => await NameAsync(ann) == "Anna", Promised);
    }

    [Fact]
    public async Task Line_OlderThanAnySession_IsRemoved()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await AddLineAsync(stage, Stage.UserId, 2000, DateTimeOffset.UtcNow.AddDays(-2));
        await AddLineAsync(stage, Stage.UserId, 2001, DateTimeOffset.UtcNow);

        await stage.StartNodeAsync();

        await Eventually.TrueAsync(async () => !(await LinesAsync(stage)).Contains(2000));
        Assert.Contains(2001, await LinesAsync(stage));
    }

    // As another gateway's transaction would: the user and the line, under an id drawn earlier or later.
    private static async Task RenameAsync(Stage stage, string userId, string name, long line)
    {
        await stage.Gateway.InDatabaseAsync(database => database.Users
            .Where(user => user.Id == userId)
            .ExecuteUpdateAsync(update => update.SetProperty(user => user.Name, name), Token));
        await AddLineAsync(stage, userId, line, DateTimeOffset.UtcNow);
    }

    private static Task<int> AddLineAsync(Stage stage, string userId, long line, DateTimeOffset at) => stage.Gateway.InDatabaseAsync(database =>
    {
        database.Add(new UserChange { Id = line, UserId = userId, At = at });
        return database.SaveChangesAsync(Token);
    });

    private static Task<List<long>> LinesAsync(Stage stage) =>
        stage.Gateway.InDatabaseAsync(database => database.Set<UserChange>().Select(change => change.Id).ToListAsync(Token));

    private static async Task<HttpStatusCode> StatusAsync(Browser browser)
    {
        using var answer = await browser.FetchAsync("/page");
        return answer.StatusCode;
    }

    private static async Task<string?> NameAsync(Browser browser)
    {
        using var answer = await browser.FetchAsync("/_gateway/session");
        return (await answer.JsonAsync()).GetProperty("name").GetString();
    }
}
