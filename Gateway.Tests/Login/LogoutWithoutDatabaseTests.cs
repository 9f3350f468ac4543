using System.Net;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Login;

/// <summary>Whoever logs out while the user database takes no writes is logged out, on every node, now and afterwards.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class LogoutWithoutDatabaseTests(SharedRedis redis)
{
    private readonly SqlitePragma pragma = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logout_WhileTheRowCannotBeDeleted_IsHonouredEverywhere(bool byTheSignedCookieAlone)
    {
        var keys = redis.NewKeys();
        await using var stage = await StartAsync(keys);
        var node = await stage.StartNodeAsync();
        using var browser = await stage.LogInAsync(remember: true);
        if (byTheSignedCookieAlone)
            browser.Close();
        using var here = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        using var there = new Browser(node.BaseAddress, browser.Cookies.Copy());
        pragma.Text = SqlitePragma.ReadOnly;

        using var answer = await browser.LogoutAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        here.Close();
        there.Close();
        Assert.Null(await here.UserAtAsync());
        Assert.Null(await there.UserAtAsync());
        Assert.Equal(1, await RowsAsync(stage));

        pragma.Text = SqlitePragma.None;
        await Eventually.TrueAsync(async () => await RowsAsync(stage) == 0, TimeSpan.FromSeconds(5));
        Assert.Null(await here.UserAtAsync());
        Assert.Null(await there.UserAtAsync());
        await Eventually.TrueAsync(async () => await keys.CountAsync("session:*") == 0);
    }

    [Fact]
    public async Task Logout_BeforeTheGatewayEnded_HoldsForTheOneThatComesAfterIt()
    {
        var keys = redis.NewKeys();
        using var folder = new TempFolder();
        await using var stage = await StartAsync(keys, folder);
        using var browser = await stage.LogInAsync(remember: true);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());
        pragma.Text = SqlitePragma.ReadOnly;
        using var answer = await browser.LogoutAsync();
        await stage.Gateway.DisposeAsync();
        pragma.Text = SqlitePragma.None;

        var next = await stage.StartNodeAsync();

        Assert.Equal(1, await RowsAsync(next));
        Assert.Null(await thief.At(next.BaseAddress).UserAtAsync());
    }

    [Fact]
    public async Task Login_WithoutBeingRemembered_NeedsNoWrites()
    {
        await using var stage = await StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        pragma.Text = SqlitePragma.ReadOnly;

        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
    }

    [Fact]
    public async Task Login_WithAnOldHashThatCannotBeUpgraded_IsALogin()
    {
        await using var stage = await StartAsync(redis.NewKeys());
        var cheap = new PasswordHasher<GatewayUser>(Options.Create(new PasswordHasherOptions { IterationCount = 10 })).HashPassword(new GatewayUser(), Stage.Password);
        await stage.Gateway.InDatabaseAsync(database => database.Users.ExecuteUpdateAsync(
            update => update.SetProperty(user => user.PasswordHash, cheap), TestContext.Current.CancellationToken));
        pragma.Text = SqlitePragma.ReadOnly;

        using var browser = await stage.LogInAsync();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Single(stage.Gateway.Logs.Of("PasswordNotRehashed"));
    }

    private Task<Stage> StartAsync(RedisKeys keys, TempFolder? folder = null) => Stage.StartAsync(
        keys,
        settings => folder is null ? settings : settings.With("ConnectionStrings:Users", $"Data Source={folder.File("users.db")}"),
        services: services => services.ConfigureDbContext<UserDatabase>(options => options.AddInterceptors(pragma)));

    private static Task<int> RowsAsync(Stage stage) => RowsAsync(stage.Gateway);

    private static Task<int> RowsAsync(TestGateway gateway) =>
        gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().CountAsync(TestContext.Current.CancellationToken));
}
