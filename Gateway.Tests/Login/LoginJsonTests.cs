using System.Net;
using System.Text;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

public class LoginJsonTests(SharedRedis redis)
{
    private const string Right = """{"email":"ann@example.org","password":"a long pass phrase","returnUrl":"/page"}""";

    [Fact]
    public async Task Login_WithJson_NeedsNoTokenAndTellsWhoLoggedIn()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await SendAsync(browser, Right);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"userId":"42","returnUrl":"/page"}""", await answer.TextAsync());
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
    }

    [Fact]
    public async Task Login_WithJsonAndAWrongPassword_IsAProblem()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync(Stage.Email, "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Null(browser.Cookies[Stage.SessionCookie]);
    }

    [Theory]
    [Requirement("A17", "A18")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Login_WithJsonFromAnotherSite_IsRefused(string header, string value)
    {
        var keys = redis.NewKeys();
        await using var stage = await Stage.StartAsync(keys);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await SendAsync(browser, Right, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await keys.CountAsync());
    }

    [Theory]
    [InlineData("""{"password":"x"}""", "email")]
    [InlineData("""{"email":"ann@example.org"}""", "password")]
    [InlineData("""{"email":1,"password":"x"}""", "email")]
    [InlineData("""{"email":"a@b","password":["x"]}""", "password")]
    [InlineData("""{"email":"a@b","password":"\ud800"}""", "password")]
    [InlineData("""{"email":"a@b","password":"x","remember":"yes"}""", "remember")]
    [InlineData("""{"email":"a@b","password":"x","returnUrl":{}}""", "returnUrl")]
    [InlineData("""["email"]""", "object")]
    [InlineData("{", "")]
    public async Task Login_WithJsonThatIsNoLogin_NamesTheField(string body, string field)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await SendAsync(browser, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await answer.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_InAnotherFormat_IsNotUnderstood()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await SendAsync(browser, "<login/>", mediaType: "application/xml");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [Requirement("A07")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Login_WithABodyOfTenMegabytes_IsTooLarge(string mediaType)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var request = Post(browser, new string('a', 10_000_000), mediaType);
        request.Headers.ExpectContinue = true;

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Browser browser, string body, (string Name, string Value)? header = null, string mediaType = "application/json")
    {
        using var request = Post(browser, body, mediaType);
        if (header is var (name, value))
            request.Headers.Add(name, value);
        return await browser.SendAsync(request);
    }

    private static HttpRequestMessage Post(Browser browser, string body, string mediaType)
    {
        var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        return request;
    }
}
