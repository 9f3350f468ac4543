using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Administration;

/// <summary>The administration as an administrator finds it.</summary>
internal static class AdministrationVisits
{
    public const string Page = "/_gateway/admin";
    public const string Email = "root@example.org";
    public const string Password = "a pass phrase of administrators";
    public const string Id = "1";
    public const string Ann = $"{Page}/user?id={Stage.UserId}";

    /// <summary>A stage with an administrator beside Ann.</summary>
    public static async Task<Stage> StartAsync(
        RedisKeys? keys = null, Func<GatewaySettings, GatewaySettings>? configure = null, TimeProvider? clock = null)
    {
        var stage = await Stage.StartAsync(keys, configure, clock);
        await stage.Gateway.AddUserAsync(Email, Password, Id, "Root", "gateway-admin");
        return stage;
    }

    /// <summary>A browser in which the administrator has logged in.</summary>
    public static async Task<Browser> LogInAsAdministratorAsync(this Stage stage, bool remember = false)
    {
        var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Email, Password, remember);
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>Sends a form below the administration, with the token of a page that was just loaded.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this Browser browser, string address, params (string Name, string Value)[] fields)
    {
        var sent = await HtmlForm.TokenAsync(browser);
        foreach (var (name, value) in fields)
            sent[name] = value;
        return await browser.SubmitAsync(Page + address, sent);
    }

    /// <summary>Sends a form of a user's page.</summary>
    public static Task<HttpResponseMessage> DecideAsync(this Browser browser, string form, string id, params (string Name, string Value)[] fields) =>
        browser.SendAsync($"/user/{form}?id={Uri.EscapeDataString(id)}", fields);

    /// <summary>The form did what it should, and leads back to the user.</summary>
    public static void AssertDone(this HttpResponseMessage answer, string done, string id = Stage.UserId)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"{Page}/user?id={id}&done={done}", answer.Headers.Location?.OriginalString);
    }

    public static async Task<IHtmlDocument> ReadAsync(this Browser browser, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var page = await browser.GetAsync(path);
        Assert.Equal(status, page.StatusCode);
        return await page.HtmlAsync();
    }

    public static async Task<IHtmlDocument> HtmlAsync(this HttpResponseMessage page) => new HtmlParser().ParseDocument(await page.TextAsync());
}
