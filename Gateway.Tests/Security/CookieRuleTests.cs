using Gateway.KeyRing;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Security;

public sealed class CookieRuleTests(SharedRedis redis)
{
    private static readonly string[] OwnCookies = [Stage.SessionCookie, Stage.RememberCookie];

    [Fact]
    [Requirement("C03", "C04", "C05")]
    public async Task Cookies_OfTheLongestUser_FitAndAreOutOfReachOfScripts()
    {
        var email = $"{new string('a', 64)}@{new string('b', 63)}.{new string('c', 63)}.{new string('d', 57)}.org";
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync(
            email, Stage.Password, new string('7', 128), new string('n', 200), [.. Enumerable.Range(0, 100).Select(number => $"role-{number}-{new string('r', 20)}")]);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(email, Stage.Password, remember: true);

        foreach (var name in OwnCookies)
        {
            var line = Assert.Single(answer.SetCookies(name)).ToLowerInvariant();
            Assert.InRange(line.IndexOf(';', StringComparison.Ordinal), 1, 4096);
            Assert.Contains("; httponly", line, StringComparison.Ordinal);
            Assert.Contains("; samesite=lax", line, StringComparison.Ordinal);
        }

        Assert.Equal(new string('7', 128), await browser.UserAtAsync());
    }

    // RFC 9111 section 7.3: a cache that keeps a Set-Cookie hands one visitor's session to the next.
    [Fact]
    [Requirement("C13")]
    public async Task AnswerThatSetsACookie_IsKeptByNoCache_WhateverTheApplicationSays()
    {
        await using var site = await EchoSite.StartAsync(app => app.MapGet("/cacheable", Cacheable));
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**path}", site.Address));
        await gateway.AddUserAsync(Stage.Email, Stage.Password);
        using var browser = gateway.NewBrowser();

        using var login = await browser.LoginAsync(Stage.Email, Stage.Password, remember: true);
        browser.Close();
        using var restored = await browser.GetAsync("/cacheable");
        using var ordinary = await browser.GetAsync("/cacheable");
        using var logout = await browser.LogoutAsync();

        foreach (var answer in (HttpResponseMessage[])[login, restored, logout])
        {
            Assert.True(answer.Headers.Contains("Set-Cookie"));
            Assert.Equal("no-store, private", $"{answer.Headers.CacheControl}");
        }

        Assert.False(ordinary.Headers.Contains("Set-Cookie"));
        Assert.Equal("public, max-age=60", $"{ordinary.Headers.CacheControl}");
    }

    [Fact]
    [Requirement("C10")]
    public async Task RememberMeCookie_OutlastsANewKeyAndNotTheEndOfItsOwn()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var keyRing = stage.Gateway.Services.GetRequiredService<IKeyManager>();
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();

        keyRing.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());

        keyRing.RevokeAllKeys(DateTimeOffset.UtcNow.AddSeconds(1));
        // The key ring is read again beside the requests.
        await Eventually.TrueAsync(async () =>
        {
            browser.Close();
            return await browser.UserAtAsync() is null;
        });
    }

    // The row is there, and the cookie knows its secret: only the signature is another's.
    [Fact]
    [Requirement("C10")]
    public async Task RememberMeCookie_SignedWithAnotherKey_IsNobodys()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync(remember: true);
        await stage.Gateway.InDatabaseAsync(database => database.Set<StoredKey>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        using var there = browser.At((await stage.StartNodeAsync()).BaseAddress);

        Assert.Null(await there.UserAtAsync());
        Assert.Equal(1, await stage.Gateway.InDatabaseAsync(database => database.Set<RememberedBrowser>().CountAsync(TestContext.Current.CancellationToken)));
    }

    private static IResult Cacheable(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Text("the same for everybody");
    }
}
