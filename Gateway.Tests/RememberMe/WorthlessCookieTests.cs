using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.RememberMe;

public class WorthlessCookieTests(SharedRedis redis)
{
    [Theory]
    [Requirement("S08", "S09")]
    [InlineData("set-password")]
    [InlineData("disable")]
    [InlineData("remove")]
    [InlineData("revoke")]
    public async Task Cookie_OfAUserWhoChanged_IsWorthlessAtOnce(string decision)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        await keys.DeleteAllAsync();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => decision switch
        {
            "set-password" => accounts.SetPasswordAsync(user, "a new pass phrase"),
            "disable" => accounts.SetDisabledAsync(user, disabled: true),
            "remove" => accounts.RemoveAsync(user),
            _ => accounts.RevokeAsync(user),
        });

        Assert.Null(await browser.UserAtAsync());
        Assert.Empty(await keys.ListAsync("session:*"));
    }

    [Fact]
    public async Task Cookie_WhoseRowIsGone_IsWorthlessAtOnce()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        await stage.Gateway.InDatabaseAsync(
            database => database.Set<RememberedBrowser>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));

        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Cookie_ThatDoesNotKnowTheSecretOfItsRow_IsWorthless()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        await stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().ExecuteUpdateAsync(
            update => update.SetProperty(row => row.SecretHash, new byte[32]), TestContext.Current.CancellationToken));

        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Cookie_OfAUserWhoWasRemovedAndCameBackUnderTheSameId_IsWorthless()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.RemoveAsync(user));
        await stage.Gateway.AddUserAsync("successor@example.org", Stage.Password, Stage.UserId);

        browser.Close();
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Cookie_AfterAnOperatorChangedTheRoles_RestoresWithTheNewOnes()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        await stage.Gateway.ChangeUserAsync(Stage.Email, (UserAccounts accounts, GatewayUser user) => accounts.SetRolesAsync(user, ["editor"]));

        using var page = await browser.GetAsync("/edit/page");
        Assert.Equal("editor", (await EchoedRequest.OfAsync(page)).Header("X-Roles"));
    }
}
