using System.Net;
using Gateway.Audit;
using Gateway.Tests.Account;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Administration;

/// <summary>An account that failed logins have locked is opened before its time.</summary>
public sealed class UnlockTests(SharedRedis redis)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LockedUser_IsShownAndUnlocked(bool withRedis)
    {
        await using var stage = await StartLockedAsync(withRedis ? redis.NewKeys() : null);
        using var browser = await stage.LogInAsAdministratorAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        using var locked = await browser.ReadAsync(AdministrationVisits.Ann);

        using var answer = await browser.DecideAsync("unlock", Stage.UserId);
        using var open = await browser.ReadAsync(AdministrationVisits.Ann);

        answer.AssertDone("unlocked");
        Assert.Equal("locked for 15 minutes", locked.QuerySelector("dd .badge:last-child")!.TextContent);
        Assert.Single(locked.QuerySelectorAll("form[action*='/user/unlock']"));
        Assert.Empty(open.QuerySelectorAll("form[action*='/user/unlock']"));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
        var told = await stage.Gateway.OneAsync(AuditActions.UserUnlocked);
        Assert.Equal(("user:1", "user:42"), (told.Actor, told.Subject));
    }

    [Fact]
    public async Task Command_UnlocksOnEveryNode()
    {
        await using var stage = await StartLockedAsync(redis.NewKeys());

        var unlocked = await stage.Gateway.RunCommandAsync("users", "unlock", "ANN@example.org", "--json");

        Assert.Equal("""{"id":"42","email":"ann@example.org","locked":false}""" + "\n", unlocked.Out);
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
        Assert.Equal("operator", (await stage.Gateway.OneAsync(AuditActions.UserUnlocked)).Actor);
    }

    [Fact]
    public async Task Command_WithoutRedis_SaysThatItCantReachTheProcess()
    {
        await using var stage = await StartLockedAsync(keys: null);

        var refused = await stage.Gateway.RunCommandAsync("users", "unlock", Stage.Email);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("ConnectionStrings:Redis", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.UserUnlocked));
    }

    private static async Task<Stage> StartLockedAsync(RedisKeys? keys)
    {
        var stage = await AdministrationVisits.StartAsync(keys, settings => settings.With("Gateway:Login:MaxFailures", "3"));
        for (var guess = 0; guess < 3; guess++)
            await stage.LogInStatusAsync("wrong");
        return stage;
    }
}
