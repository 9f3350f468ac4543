using System.Net.Http.Json;

namespace Gateway.Tests.Hosting;

/// <summary>Signing in and out as visitors and scripts do.</summary>
internal static class BrowserLogin
{
    /// <summary>Through the page's own form, hidden fields included.</summary>
    public static async Task<HttpResponseMessage> LoginAsync(
        this Browser browser, string email, string password, bool remember = false, string returnUrl = "/")
    {
        using var page = await browser.GetAsync($"{browser.Prefix}/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var form = await HtmlForm.ReadAsync(page, "input[name=password]");
        form.Fields["email"] = email;
        form.Fields["password"] = password;
        if (remember)
            form.Fields["remember"] = "true";
        return await browser.SubmitAsync(browser.PathOf(form.Action, page.RequestMessage!.RequestUri!), form.Fields);
    }

    public static Task<HttpResponseMessage> LoginJsonAsync(
        this Browser browser, string email, string password, bool remember = false, string returnUrl = "/") =>
        browser.FetchAsync(
            $"{browser.Prefix}/login", HttpMethod.Post, JsonContent.Create(new { email, password, remember, returnUrl }));

    /// <summary>Through the confirming page's form.</summary>
    public static async Task<HttpResponseMessage> LogoutAsync(this Browser browser)
    {
        using var page = await browser.GetAsync($"{browser.Prefix}/logout");
        var form = await HtmlForm.ReadAsync(page, "form[method=post] button, form[method=post] input[type=submit]");
        return await browser.SubmitAsync(browser.PathOf(form.Action, page.RequestMessage!.RequestUri!), form.Fields);
    }

    /// <summary>Somebody who knows nobody's password, in another network: what comes from the gateway's own machine has no limit.</summary>
    /// <param name="network">The gateway has to trust this machine's X-Forwarded-For.</param>
    public static async Task FailLoginsFromAsync(this TestGateway gateway, string network, int times)
    {
        using var stranger = gateway.NewBrowser();
        for (var attempt = 0; attempt < times; attempt++)
        {
            using var request = stranger.Request(HttpMethod.Post, "/_gateway/login");
            request.Headers.Add("X-Forwarded-For", network);
            request.Content = JsonContent.Create(new { email = "nobody@example.org", password = "wrong" });
            (await stranger.SendAsync(request)).Dispose();
        }
    }
}
