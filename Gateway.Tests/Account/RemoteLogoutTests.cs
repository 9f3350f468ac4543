using System.Net;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Account;

/// <summary>A visitor logs themselves out of other browsers, wherever those are served, and nobody else.</summary>
public sealed class RemoteLogoutTests(SharedRedis redis)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Browser_LoggedOutFromAnother_IsOutOnEveryNode(bool remembered)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:Session:CacheFor", "00:00:10"));
        var second = await stage.StartNodeAsync();
        using var lost = await stage.LogInAsync(remembered);
        using var lostThere = lost.At(second.BaseAddress);
        using var browser = (await stage.LogInAsync(remember: true)).At(second.BaseAddress);
        Assert.Equal(Stage.UserId, await lost.UserAtAsync());
        Assert.Equal(Stage.UserId, await lostThere.UserAtAsync());
        var shown = (await browser.ShownAsync()).Single(one => !one.IsHere);
        Assert.Equal(remembered, shown.IsRemembered);

        using var answer = await browser.EndAsync(shown.Handle!);

        Assert.Equal($"{AccountVisits.Page}?done={(remembered ? "forgotten" : "ended")}", answer.Headers.Location?.OriginalString);
        Assert.Null(await lostThere.UserAtAsync());
        await Eventually.TrueAsync(async () => await lost.UserAtAsync() is null);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.True(Assert.Single(await browser.ShownAsync()).IsHere);
        var told = await second.OneAsync(remembered ? AuditActions.BrowserForgotten : AuditActions.SessionEnded);
        Assert.Equal(("user:42", "user:42"), (told.Actor, told.Subject));
    }

    [Theory]
    [Requirement("S10")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Others_AreLoggedOut_AndThisBrowserStaysAsItIs(bool inRedis)
    {
        await using var stage = await Stage.StartAsync(inRedis ? redis.NewKeys() : null);
        using var browser = await stage.LogInAsync(remember: true);
        using var one = await stage.LogInAsync(remember: true);
        using var two = await stage.LogInAsync();
        using var closed = await stage.LogInAsync(remember: true);
        closed.Close();

        using var answer = await browser.SendFormAsync("end-others");
        using var page = await browser.FollowAsync(answer);
        // The same address in a mail tells nobody that something was done.
        using var sent = await browser.GetAsync(answer.Headers.Location!.OriginalString);

        Assert.Contains("everywhere but in this browser", await page.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("everywhere but in this browser", await sent.TextAsync(), StringComparison.Ordinal);
        foreach (var other in (Browser[])[one, two, closed])
            Assert.Null(await other.UserAtAsync());
        Assert.True(Assert.Single(await browser.ShownAsync()).IsHere);
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Equal("""{"others":true,"browsers":2,"sessions":3}""", (await stage.Gateway.OneAsync(AuditActions.SessionsRevoked)).Detail);
    }

    [Fact]
    public async Task Handle_OfAnotherUsersBrowser_EndsNothing()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync("bob@example.org", "another long phrase", "43");
        using var bob = stage.Gateway.NewBrowser();
        using var loggedIn = await bob.LoginJsonAsync("bob@example.org", "another long phrase", remember: true);
        using var elsewhere = stage.Gateway.NewBrowser();
        using var again = await elsewhere.LoginJsonAsync("bob@example.org", "another long phrase");
        var handles = (await bob.ShownAsync()).Concat(await elsewhere.ShownAsync()).Select(one => one.Handle).OfType<string>().ToList();
        using var ann = await stage.LogInAsync();

        foreach (var handle in (string[])[.. handles, "", "0123456789abcdef"])
        {
            using var answer = await ann.EndAsync(handle);
            Assert.Equal($"{AccountVisits.Page}?done=gone", answer.Headers.Location?.OriginalString);
        }

        Assert.Equal(2, handles.Count);
        Assert.Equal("43", await bob.UserAtAsync());
        Assert.Equal("43", await elsewhere.UserAtAsync());
        Assert.Equal(Stage.UserId, await ann.UserAtAsync());
        Assert.Empty(await stage.Gateway.AuditAsync(AuditActions.SessionEnded));
    }

    [Theory]
    [Requirement("A17")]
    [InlineData("end")]
    [InlineData("end-others")]
    public async Task Form_NotOfThisPage_IsRefused(string form)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var other = await stage.LogInAsync();
        using var browser = await stage.LogInAsync();
        var handle = (await browser.ShownAsync()).Single(one => !one.IsHere).Handle!;
        using var foreign = browser.Navigation(HttpMethod.Post, $"{AccountVisits.Page}/{form}");
        foreign.Content = new FormUrlEncodedContent([new("browser", handle)]);
        foreign.Headers.Add("Origin", "https://evil.example");

        using var fromElsewhere = await browser.SendAsync(foreign);
        using var withoutToken = await browser.SubmitAsync($"{AccountVisits.Page}/{form}", [new("browser", handle)]);
        using var byScript = await browser.FetchAsync($"{AccountVisits.Page}/{form}", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.Forbidden, fromElsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, byScript.StatusCode);
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
    }

    [Fact]
    public async Task Form_SentAfterTheSessionEnded_DoesNothingAndLeadsBackToThePage()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var other = await stage.LogInAsync();
        using var browser = await stage.LogInAsync();
        using var loggedOut = await browser.LogoutAsync();

        using var sent = await browser.SendFormAsync("end-others");
        using var loggedIn = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: $"{AccountVisits.Page}/end-others");
        using var page = await browser.FollowAsync(loggedIn);

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal("/_gateway/login?returnUrl=%2F_gateway%2Faccount%2Fend-others", sent.Headers.Location?.OriginalString);
        Assert.Contains("nothing was changed", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
    }
}
