using Gateway.KeyRing;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.KeyRing;

public class KeyRingTests(SharedRedis redis)
{
    [Fact]
    public async Task Cookie_OfOneGateway_IsGoodAtTheOtherWhichSharesTheUserDatabaseOnly()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await using var other = await TestGateway.StartAsync(stage.Gateway.Settings.Copy().WithRedis(redis.NewKeys()));
        using var browser = await stage.LogInAsync(remember: true);
        using var there = browser.At(other.BaseAddress);

        Assert.Equal(Stage.UserId, await there.UserAtAsync());

        Assert.Equal(1, await KeysAsync(other));
    }

    [Fact]
    public async Task LoginForm_OfOneGateway_IsGoodAtTheOther()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var other = await stage.StartNodeAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var there = browser.At(other.BaseAddress);
        using var page = await browser.GetAsync("/_gateway/login");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        form.Fields["email"] = Stage.Email;
        form.Fields["password"] = Stage.Password;

        using var answer = await there.SubmitAsync(form.Action, form.Fields);

        Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task KeyRing_OutlastsAFlushOfEverythingInRedis()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        await server.FlushAllAsync();

        var restarted = await stage.StartNodeAsync();
        using var there = browser.At(restarted.BaseAddress);

        Assert.Equal(Stage.UserId, await there.UserAtAsync());
        Assert.Equal(1, await KeysAsync(restarted));
    }

    [Fact]
    public async Task KeyRing_ThatCannotBeReadAnew_IsUsedAsItIs()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        // A new key makes every gateway read all of them again.
        stage.Gateway.Services.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow.AddDays(2), DateTimeOffset.UtcNow.AddDays(90));
        await LoseKeysAsync(stage);

        for (var request = 0; request < 20; request++)
        {
            browser.Close();
            Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        }

        // Read in the background, in vain.
        Assert.NotEmpty(stage.Gateway.Logs.Containing("no such table").Concat(stage.Gateway.Logs.Containing("does not exist")));
    }

    [Fact]
    public async Task Cookie_OfAKeyThatCannotBeLookedUp_IsNotRefused()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await using var other = await Stage.StartAsync(redis.NewKeys());
        using var browser = await other.LogInAsync(remember: true);
        browser.Close();
        await LoseKeysAsync(stage);
        using var there = browser.At(stage.Gateway.BaseAddress);

        using var answer = await there.GetAsync("/page");

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(there.Cookies[Stage.RememberCookie]);
    }

    private static Task<int> LoseKeysAsync(Stage stage) => stage.Gateway.InDatabaseAsync(
        database => database.Database.ExecuteSqlRawAsync("""ALTER TABLE "DataProtectionKeys" RENAME TO "Lost" """, TestContext.Current.CancellationToken));

    private static Task<int> KeysAsync(TestGateway gateway) =>
        gateway.InDatabaseAsync(database => database.Set<StoredKey>().CountAsync(TestContext.Current.CancellationToken));
}
