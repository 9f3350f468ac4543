using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Account;

/// <summary>The account page as visitors find it.</summary>
internal static class AccountVisits
{
    public const string Page = "/_gateway/account";
    public const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0";
    public const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

    /// <summary>A browser of this make in which Ann has logged in.</summary>
    public static async Task<Browser> LogInWithAsync(this Stage stage, string agent, bool remember = false, string address = "203.0.113.7")
    {
        var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = JsonContent.Create(new { email = Stage.Email, password = Stage.Password, remember });
        using var answer = await browser.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>What the page shows as places where the visitor is logged in.</summary>
    public static async Task<IReadOnlyList<ShownBrowser>> ShownAsync(this Browser browser)
    {
        using var page = await browser.GetAsync(Page);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var document = new HtmlParser().ParseDocument(await page.TextAsync());
        return
        [
            .. document.QuerySelectorAll("tbody tr").Select(row => new ShownBrowser(
                row.QuerySelector("th")!.FirstChild!.TextContent.Trim(),
                row.QuerySelector("td")!.TextContent,
                row.QuerySelector(".badge") is not null,
                row.QuerySelector(".hint") is not null,
                row.QuerySelector("input[name=browser]")?.GetAttribute("value"))),
        ];
    }

    /// <summary>Sends a form below the account page, with the token of a page that was just loaded.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this Browser browser, string form, params (string Name, string Value)[] fields)
    {
        var sent = await HtmlForm.TokenAsync(browser);
        foreach (var (name, value) in fields)
            sent[name] = value;
        return await browser.SubmitAsync($"{Page}/{form}", sent);
    }

    /// <summary>Through the form of the page of the password.</summary>
    public static Task<HttpResponseMessage> ChangePasswordAsync(this Browser browser, string current, string wanted, string? again = null) =>
        browser.SendFormAsync("password", ("current", current), ("new", wanted), ("again", again ?? wanted));

    public static Task<HttpResponseMessage> EndAsync(this Browser browser, string handle) => browser.SendFormAsync("end", ("browser", handle));

    /// <summary>What somebody gets who logs in as Ann with this password, in a browser that is new.</summary>
    public static async Task<HttpStatusCode> LogInStatusAsync(this Stage stage, string password)
    {
        using var browser = stage.Gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, password);
        return answer.StatusCode;
    }

    /// <summary>The password is what it was, and the page says why.</summary>
    public static async Task AssertRefusedAsync(this Stage stage, HttpResponseMessage answer, string fault)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(fault, await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
    }
}

/// <param name="Handle">Absent for the visitor's own.</param>
internal sealed record ShownBrowser(string Name, string Address, bool IsHere, bool IsRemembered, string? Handle);
