using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

public sealed class LoginFormTests(SharedRedis redis)
{
    [Fact]
    [Requirement("C13")]
    public async Task Login_WithTheForm_LeadsToThePageAskedForAsThisUser()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: "/page?a=1");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/page?a=1", answer.Headers.Location?.OriginalString);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync("/page?a=1"));
    }

    [Fact]
    public async Task Login_WithAWrongPassword_ShowsTheFormAgainWithTheAddress()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(Stage.Email, "wrong", returnUrl: "/page");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var html = await answer.TextAsync();
        Assert.Contains("wrong, or the account is locked", html, StringComparison.Ordinal);
        Assert.Contains("value=\"ann@example.org\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"returnUrl\" value=\"/page\"", html, StringComparison.Ordinal);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
        Assert.Null(await browser.UserAtAsync());
    }

    [Fact]
    [Requirement("A17", "A18")]
    public async Task Login_WithoutTheAntiforgeryToken_IsRefusedAndSignsNobodyIn()
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync("/_gateway/login");

        using var answer = await browser.SubmitAsync("/_gateway/login", Fields(Stage.Email, Stage.Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await keys.CountAsync());
    }

    [Fact]
    [Requirement("A17")]
    public async Task Login_SentByAnotherSite_IsRefused()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Navigation(HttpMethod.Post, "/_gateway/login");
        request.Content = new FormUrlEncodedContent(Fields(Stage.Email, Stage.Password));
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
    }

    [Theory]
    [InlineData("", Stage.Password, "email", "Please enter your e-mail address.")]
    [InlineData(Stage.Email, "", "password", "Please enter your password.")]
    public async Task Login_WithAnEmptyField_SaysSoAtTheField(string email, string password, string field, string fault)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginAsync(email, password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var html = await answer.TextAsync();
        Assert.Matches($"<input id=\"{field}\"[^>]*aria-describedby=\"{field}-fault\"[^>]*aria-invalid=\"true\"", html);
        Assert.Contains($"<p class=\"fault\" id=\"{field}-fault\">{fault}</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_InASecondTab_StillWorksAfterLoggingInInTheFirst()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await stage.Gateway.AddUserAsync("bob@example.org", "another long phrase", "43");
        using var browser = stage.Gateway.NewBrowser();
        using var secondTab = await browser.GetAsync("/_gateway/login");
        var form = await HtmlForm.ReadAsync(secondTab, "input[name=password]");
        using var first = await browser.LoginAsync(Stage.Email, Stage.Password);

        form.Fields["email"] = "bob@example.org";
        form.Fields["password"] = "another long phrase";
        using var second = await browser.SubmitAsync(form.Action, form.Fields);

        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal("43", await browser.UserAtAsync());
    }

    private static Dictionary<string, string> Fields(string email, string password) =>
        new(StringComparer.Ordinal) { ["email"] = email, ["password"] = password };
}
