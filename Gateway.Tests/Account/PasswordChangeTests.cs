using System.Net;
using Gateway.Audit;
using Gateway.RememberMe;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Account;

/// <summary>A visitor changes their password; whoever else is logged in as them is not any more.</summary>
public sealed class PasswordChangeTests(SharedRedis redis)
{
    private const string New = "velvet anchor tobacco";

    [Theory]
    [Requirement("S02", "S09")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_EndsEveryOtherSessionAndBrowserOnEveryNode_AndGivesThisOneNewOnes(bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null, settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        var second = inRedis ? await stage.StartNodeAsync() : stage.Gateway;
        using var browser = await stage.LogInAsync(remember: true);
        using var thief = new Browser(second.BaseAddress, browser.Cookies.Copy());
        using var remembered = (await stage.LogInAsync(remember: true)).At(second.BaseAddress);
        using var session = (await stage.LogInAsync()).At(second.BaseAddress);
        foreach (var other in (Browser[])[thief, remembered, session])
            Assert.Equal(Stage.UserId, await other.UserAtAsync());
        var before = (browser.Cookies[Stage.SessionCookie], browser.Cookies[Stage.RememberCookie]);

        using var answer = await browser.ChangePasswordAsync(Stage.Password, New);
        using var page = await browser.FollowAsync(answer);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("Your password is changed", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Strength: ", await page.TextAsync(), StringComparison.Ordinal);
        Assert.NotEqual(before.Item1, browser.Cookies[Stage.SessionCookie]);
        Assert.NotEqual(before.Item2, browser.Cookies[Stage.RememberCookie]);
        foreach (var other in (Browser[])[thief, remembered, session])
            await Eventually.TrueAsync(async () => await other.UserAtAsync() is null);
        Assert.Single(await stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().ToListAsync(TestContext.Current.CancellationToken)));
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(New));
        var told = await stage.Gateway.OneAsync(AuditActions.UserPasswordChanged);
        Assert.Equal(("user:42", "user:42", "127.0.0.1", "TestBrowser/1.0"), (told.Actor, told.Subject, told.Address, told.UserAgent));
    }

    [Fact]
    public async Task Change_InABrowserThatIsNotRemembered_GivesNoRememberingCookie()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.ChangePasswordAsync(Stage.Password, New);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("A01")]
    public async Task CurrentPassword_IsGuessedNoFasterThanAtTheLogin()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var second = await stage.StartNodeAsync();
        using var owner = await stage.LogInAsync();
        // Has the session, and no cookie that says it logged in before.
        using var thief = new Browser(second.BaseAddress, owner.Cookies.Copy());
        thief.Cookies["gateway.known"] = null;

        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await thief.ChangePasswordAsync($"a wrong pass phrase {guess}", New);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("not your current password", await wrong.TextAsync(), StringComparison.Ordinal);
        }

        using var locked = await thief.ChangePasswordAsync(Stage.Password, New);
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.NotNull(locked.Headers.RetryAfter);
        Assert.Contains("Please try again in 15 minutes", await locked.TextAsync(), StringComparison.Ordinal);
        // Strangers share the budget; the owner's own browser has another.
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.LogInStatusAsync(Stage.Password));
        using var changed = await owner.ChangePasswordAsync(Stage.Password, New);
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        // One event for each, and nothing that looks as if a route had asked for the password.
        await Eventually.TrueAsync(async () => (await second.AuditAsync(AuditActions.UserPasswordRefused)).Count == 6);
        Assert.Empty(await second.AuditAsync(AuditActions.ReauthenticationRefused));
    }

    [Fact]
    public async Task Slip_InTheNewPassword_IsNoGuessAtTheCurrentOne()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        for (var slip = 0; slip < 6; slip++)
        {
            using var different = await browser.ChangePasswordAsync(Stage.Password, New, again: New + "?");
            await stage.AssertRefusedAsync(different, "not the same as above");
            using var same = await browser.ChangePasswordAsync(Stage.Password, Stage.Password);
            await stage.AssertRefusedAsync(same, "This is your current password");
        }

        using var answer = await browser.ChangePasswordAsync(Stage.Password, New);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task TwoChanges_AtOnce_EndInOne()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var one = await stage.LogInAsync();
        using var two = await stage.LogInAsync();

        var answers = await Task.WhenAll(one.ChangePasswordAsync(Stage.Password, New), two.ChangePasswordAsync(Stage.Password, New + " two"));

        var statuses = (await Task.WhenAll(stage.LogInStatusAsync(New), stage.LogInStatusAsync(New + " two"))).Order().ToArray();
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], statuses);
        await stage.Gateway.OneAsync(AuditActions.UserPasswordChanged);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Form_WithoutItsToken_ChangesNothing()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();

        using var answer = await browser.SubmitAsync(
            $"{AccountVisits.Page}/password", [new("current", Stage.Password), new("new", New), new("again", New)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
    }

    [Fact]
    [Requirement("P11")]
    public async Task Change_WhileRedisIsAway_ChangesNothing()
    {
        await using var server = await RedisServer.StartNewAsync();
        await using var stage = await Stage.StartAsync(server.Keys());
        using var browser = await stage.LogInAsync(remember: true);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        var hash = await HashAsync(stage);
        using var page = await browser.GetAsync($"{AccountVisits.Page}/password");
        var form = await HtmlForm.ReadAsync(page, "input[name=current]");
        await server.StopAsync();

        using var answer = await browser.SubmitAsync(
            form.Action, [.. form.Fields, new("current", Stage.Password), new("new", New), new("again", New)]);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(hash, await HashAsync(stage));
    }

    private static Task<string?> HashAsync(Stage stage) => stage.Gateway.InDatabaseAsync(database =>
        database.Users.Where(user => user.Id == Stage.UserId).Select(user => user.PasswordHash).SingleAsync(TestContext.Current.CancellationToken));
}
