using System.Net;
using Gateway.Tests.Administration;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Account;

/// <summary>A form whose end is held back is judged by what holds when it is there, not when it began.</summary>
public sealed class HeldFormTests(SharedRedis redis)
{
    [Fact]
    public async Task Administrator_WhoWasDisabledMeanwhile_DecidesNothing()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var root = await stage.LogInAsAdministratorAsync();
        var form = await HtmlForm.TokenAsync(root);
        form["roles"] = "gateway-admin";
        var (held, answered) = await BeginAsync(root, $"{AdministrationVisits.Page}/user/roles?id={Stage.UserId}", form);

        await stage.Gateway.ChangeUserAsync(AdministrationVisits.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        held.Release();
        using var answer = await answered;

        Assert.StartsWith("/_gateway/login?", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var ann = await stage.LogInAsync();
        using var page = await ann.GetAsync(AdministrationVisits.Page);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task Visitor_WhoLoggedOutMeanwhile_DecidesNothing()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var other = await stage.LogInAsync();
        using var browser = await stage.LogInAsync();
        var (held, answered) = await BeginAsync(browser, $"{AccountVisits.Page}/end-others", await HtmlForm.TokenAsync(browser));

        await LogOutAsync(stage, browser);
        held.Release();
        using var answer = await answered;

        Assert.StartsWith("/_gateway/login?", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Password_EnteredBeforeALogout_DoesNotBringTheSessionBack(bool withRedis)
    {
        await using var stage = await Stage.StartAsync(withRedis ? redis.NewKeys() : null);
        using var browser = await stage.LogInAsync();
        var form = await HtmlForm.TokenAsync(browser);
        form["password"] = Stage.Password;
        var (held, answered) = await BeginAsync(browser, "/_gateway/reauthenticate", form);

        await LogOutAsync(stage, browser);
        held.Release();
        using var answer = await answered;

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(answer.SetCookies(Stage.SessionCookie));
        Assert.Null(await browser.UserAtAsync());
    }

    // The cookie stays, as with a thief.
    private static async Task LogOutAsync(Stage stage, Browser browser)
    {
        using var elsewhere = stage.Gateway.NewBrowser();
        elsewhere.Cookies[Stage.SessionCookie] = browser.Cookies[Stage.SessionCookie];
        using var logout = await elsewhere.LogoutAsync();
        Assert.Equal(HttpStatusCode.SeeOther, logout.StatusCode);
    }

    private static async Task<(HeldContent Held, Task<HttpResponseMessage> Answered)> BeginAsync(
        Browser browser, string path, Dictionary<string, string> fields)
    {
        var held = await HeldContent.OfAsync(fields);
        var request = browser.Navigation(HttpMethod.Post, path);
        request.Content = held;
        request.Headers.Add("Origin", browser.Origin);
        var answered = browser.SendAsync(request);
        await held.Sent;
        // By then the gateway has looked for the session of the request before.
        Assert.NotNull(await browser.UserAtAsync());
        return (held, answered);
    }
}
