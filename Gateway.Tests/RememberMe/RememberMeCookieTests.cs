using System.Text;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.RememberMe;

public sealed class RememberMeCookieTests(SharedRedis redis)
{
    [Fact]
    [Requirement("C03", "C04", "C06")]
    public async Task Login_WithRemember_SetsACookieForThirtyDaysThatScriptsCantRead()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        var cookie = Assert.Single(answer.SetCookies(Stage.RememberCookie)).ToLowerInvariant();
        Assert.Contains("; max-age=2592000", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/;", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; domain", cookie, StringComparison.Ordinal);
        Assert.True(cookie.IndexOf(';', StringComparison.Ordinal) < 4096);
        var session = Assert.Single(answer.SetCookies(Stage.SessionCookie)).ToLowerInvariant();
        Assert.DoesNotContain("max-age", session, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WithRemember_KeepsARowAndNoSecretInTheDatabase()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        var row = Assert.Single(await RowsAsync(stage));

        Assert.Equal(Stage.UserId, row.UserId);
        Assert.Equal(TimeSpan.FromDays(30), row.ExpiresAt - row.CreatedAt);
        Assert.Equal("TestBrowser/1.0", row.UserAgent);
        Assert.DoesNotContain(Stage.Email, Encoding.UTF8.GetString(row.SecretHash), StringComparison.Ordinal);
        Assert.DoesNotContain(row.Id, browser.Cookies[Stage.RememberCookie], StringComparison.Ordinal);
    }

    // "sessions list" prints it on the operator's terminal.
    [Fact]
    public async Task BrowserThatNamesItselfWithControlCharacters_IsKeptWithoutThem()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var body = $$"""{"email":"{{Stage.Email}}","password":"{{Stage.Password}}","remember":true}""";

        var answer = await RawHttp.ExchangeAsync(
            stage.Gateway.BaseAddress,
            "POST /_gateway/login HTTP/1.1\r\nHost: x\r\nUser-Agent: a\u001b[2Jb\u009bc\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("a [2Jb c", Assert.Single(await RowsAsync(stage)).UserAgent);
    }

    [Fact]
    public async Task BrowserWithALongName_IsKeptWithoutHalfOfACharacter()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        await using var scope = stage.Gateway.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindAsync(Stage.UserId, TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { Request = { Headers = { UserAgent = new string('x', 255) + "\U0001F98A" } } };

        await scope.ServiceProvider.GetRequiredService<RememberedBrowsers>()
            .AddAsync(RememberMeToken.New(), user!, Proofs.Password, context, TestContext.Current.CancellationToken);

        Assert.Equal(new string('x', 255), Assert.Single(await RowsAsync(stage)).UserAgent);
    }

    [Fact]
    public async Task Login_WithoutRemember_ForgetsWhatTheBrowserWasRememberedForBefore()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);
        using var thief = new Browser(stage.Gateway.BaseAddress, browser.Cookies.Copy());

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password);

        Assert.Null(browser.Cookies[Stage.RememberCookie]);
        Assert.Empty(await RowsAsync(stage));
        thief.Close();
        Assert.Null(await thief.UserAtAsync());
        browser.Close();
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    public async Task Login_WithRememberAgain_LeavesOneRowAndOneCookie()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync(remember: true);

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);

        Assert.Single(answer.SetCookies(Stage.RememberCookie));
        Assert.Single(await RowsAsync(stage));
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Remembering_TurnedOff_IsNotOfferedAndRestoresNothing()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        await using var off = await TestGateway.StartAsync(stage.Gateway.Settings.Copy().With("Gateway:RememberMe:Enabled", "false"));
        using var remembered = await stage.LogInAsync(remember: true);
        remembered.Close();
        using var there = remembered.At(off.BaseAddress);
        using var newcomer = off.NewBrowser();

        Assert.Null(await there.UserAtAsync());
        using var page = await newcomer.GetAsync("/_gateway/login");
        using var answer = await newcomer.LoginAsync(Stage.Email, Stage.Password, remember: true);

        Assert.DoesNotContain("name=\"remember\"", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Null(newcomer.Cookies[Stage.RememberCookie]);
        Assert.Equal(Stage.UserId, await newcomer.UserAtAsync());
        Assert.Single(await RowsAsync(stage));
    }

    private static Task<List<RememberedBrowser>> RowsAsync(Stage stage) => stage.Gateway.InDatabaseAsync(
        database => database.Set<RememberedBrowser>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
}
