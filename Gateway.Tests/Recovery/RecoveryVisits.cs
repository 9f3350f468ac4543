using Gateway.Tests.Hosting;

namespace Gateway.Tests.Recovery;

/// <summary>What somebody does who has forgotten a password.</summary>
internal static class RecoveryVisits
{
    public const string Page = "/_gateway/forgot";
    public const string New = "velvet anchor tobacco";

    public static async Task<HttpResponseMessage> ForgetAsync(this Browser browser, string email)
    {
        using var page = await browser.GetAsync(Page);
        var form = await HtmlForm.ReadAsync(page, "input[name=email]");
        form.Fields["email"] = email;
        return await browser.SubmitAsync(form.Action, form.Fields);
    }

    /// <summary>The same in a browser of its own, and without a look at the answer.</summary>
    public static async Task ForgetAsync(this TestGateway gateway, string email)
    {
        using var browser = gateway.NewBrowser();
        using var answer = await browser.ForgetAsync(email);
        Assert.Equal($"{Page}?asked=1", answer.Headers.Location?.OriginalString);
    }

    /// <param name="link">The path that a mail named.</param>
    public static async Task<HttpResponseMessage> SetPasswordAsync(this Browser browser, string link, string password = New, string? again = null)
    {
        using var page = await browser.GetAsync(link);
        var form = await HtmlForm.ReadAsync(page, "input[name=new]");
        form.Fields["new"] = password;
        form.Fields["again"] = again ?? password;
        return await browser.SubmitAsync(form.Action, form.Fields);
    }
}
