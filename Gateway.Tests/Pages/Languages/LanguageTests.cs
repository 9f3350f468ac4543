using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Pages.Languages;

/// <summary>In which language a visitor reads.</summary>
public sealed class LanguageTests
{
    private const string Login = "/_gateway/login?returnUrl=%2Fpage%3Fa%3D1";

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("ZH-hans-cn", "zh-Hans")]
    [InlineData("zh-TW", "zh-Hans")]
    [InlineData("en-GB,zh;q=0.9", "en")]
    [InlineData("en;q=0.2,zh;q=0.3", "zh-Hans")]
    [InlineData("zh;q=0,en", "en")]
    [InlineData("tlh,zh;q=0.1", "zh-Hans")]
    [InlineData("tlh", "en")]
    [InlineData("*,zh;q=0.5", "en")]
    [InlineData("=;,,q=zh;-", "en")]
    public async Task Page_IsInTheLanguageThatTheBrowserAsksFor(string? asked, string language)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        using var browser = gateway.NewBrowser();

        using var page = await AskAsync(browser, asked);

        Assert.Equal(language, Assert.Single(page.Content.Headers.ContentLanguage));
        Assert.Contains($"<html lang=\"{language}\"", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Accept-Language", page.Headers.Vary);
        Assert.Contains("Cookie", page.Headers.Vary);
    }

    [Fact]
    public async Task Page_ForABrowserWithoutAWish_IsInTheOperatorsLanguage()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().With("Gateway:Branding:Language", "zh-Hans"));
        using var browser = gateway.NewBrowser();

        using var without = await AskAsync(browser, null);
        using var english = await AskAsync(browser, "en");

        Assert.Equal("zh-Hans", Assert.Single(without.Content.Headers.ContentLanguage));
        Assert.Equal("en", Assert.Single(english.Content.Headers.ContentLanguage));
    }

    [Fact]
    public async Task Switch_LeadsBackToThePage_AndIsRemembered()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        using var browser = gateway.NewBrowser();
        using var english = await AskAsync(browser, "en");
        var form = await HtmlForm.ReadAsync(english, "button[name=language]");

        form.Fields["language"] = "zh-Hans";
        using var switched = await browser.SubmitAsync(form.Action, form.Fields);
        browser.Close();
        using var chinese = await AskAsync(browser, "en", switched.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.SeeOther, switched.StatusCode);
        Assert.Equal(Login, switched.Headers.Location!.OriginalString);
        Assert.Equal("zh-Hans", Assert.Single(chinese.Content.Headers.ContentLanguage));
    }

    [Fact]
    public async Task Failure_IsToldInTheVisitorsLanguage_AndTheSwitchKeepsTheWayBack()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = stage.Gateway.NewBrowser();
        using var page = await AskAsync(browser, "zh-CN");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        using var request = browser.Navigation(HttpMethod.Post, form.Action);
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        request.Content = new FormUrlEncodedContent([.. form.Fields, new("email", Stage.Email), new("password", "wrong")]);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("电子邮箱或密码不正确", WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
        Assert.Equal(Login, (await HtmlForm.ReadAsync(answer, "button[name=language]")).Fields["page"]);
    }

    [Theory]
    [InlineData("https://evil.example", "zh-Hans", "/", HttpStatusCode.Forbidden)]
    [InlineData(null, "tlh", "/", HttpStatusCode.BadRequest)]
    [InlineData(null, "zh-Hans", "//evil.example/", HttpStatusCode.SeeOther)]
    [InlineData(null, "zh-Hans", "https://evil.example/", HttpStatusCode.SeeOther)]
    public async Task Switch_LeadsNowhereElse(string? origin, string language, string page, HttpStatusCode status)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        using var browser = gateway.NewBrowser();
        using var request = browser.Navigation(HttpMethod.Post, "/_gateway/language");
        request.Headers.Add("Origin", origin ?? browser.Origin);
        request.Content = new FormUrlEncodedContent([new("language", language), new("page", page)]);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status is HttpStatusCode.SeeOther ? "/_gateway/login" : null, answer.Headers.Location?.OriginalString);
    }

    private static Task<HttpResponseMessage> AskAsync(Browser browser, string? asked, string path = Login)
    {
        var request = browser.Navigation(HttpMethod.Get, path);
        if (asked is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", asked);
        return browser.SendAsync(request);
    }
}
