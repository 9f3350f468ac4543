using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>What the stories of kept forms have in common: a form sent too late, the login, the button that confirms it.</summary>
internal static class FormVisits
{
    public const string Cookie = "gateway.form";
    public const string Confirming = "input[name=gateway-form]";

    public static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>A body of this kind, as browsers make it.</summary>
    public static HttpContent Content(string kind)
    {
        switch (kind)
        {
            case "urlencoded":
                return Fields(("text", "<b>hello\r\n你好"), ("new_password", "swordfish"), ("again", ""));
            case "text/plain":
                return new StringContent("text=hello=you\r\nmore=1\r\n", Encoding.UTF8, "text/plain");
            case "empty":
                var empty = new ByteArrayContent([]);
                empty.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
                return empty;
            default:
                return new MultipartFormDataContent("----boundary7")
                {
                    { new StringContent("<b>hello"), "text" },
                    { new StringContent("swordfish"), "new_password" },
                    { new StringContent("swordfish"), "PW" },
                    { new ByteArrayContent([.. Enumerable.Range(0, 2000).Select(number => (byte)number)]), "file", "notes.bin" },
                };
        }
    }

    /// <summary>A form that a page of the site sends.</summary>
    public static HttpRequestMessage Sending(this Browser browser, string path, HttpContent content)
    {
        var request = browser.Navigation(HttpMethod.Post, path);
        request.Content = content;
        request.Headers.Add("Origin", browser.Origin);
        request.Headers.Add("Referer", $"{browser.Origin}/sheet?no=1");
        return request;
    }

    /// <summary>Where the login leads to after a form that came too late.</summary>
    public static async Task<string> SendTooLateAsync(this Browser browser, string path, HttpContent content)
    {
        using var answer = await browser.SendAsync(browser.Sending(path, content));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.OriginalString;
        Assert.StartsWith("/_gateway/login?returnUrl=", address, StringComparison.Ordinal);
        return Uri.UnescapeDataString(address["/_gateway/login?returnUrl=".Length..]);
    }

    /// <summary>The same, kept: the address of its confirming page, after Ann's login.</summary>
    public static async Task<string> SendTooLateAndLogInAsync(this Browser browser, string path, HttpContent content)
    {
        var page = await browser.SendTooLateAsync(path, content);
        Assert.StartsWith("/_gateway/form/", page, StringComparison.Ordinal);
        using var login = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: page);
        Assert.Equal(page, login.Headers.Location?.OriginalString);
        return page;
    }

    /// <summary>The button of the confirming page, to be pressed once or more.</summary>
    public static async Task<HtmlForm> ButtonAsync(this Browser browser, string page)
    {
        using var answer = await browser.GetAsync(page);
        return await HtmlForm.ReadAsync(answer, Confirming);
    }

    public static Task<HttpResponseMessage> PressAsync(this Browser browser, HtmlForm button) => browser.SubmitAsync(button.Action, button.Fields);

    public static async Task<HttpStatusCode> StatusAsync(this Browser browser, string page)
    {
        using var answer = await browser.GetAsync(page);
        return answer.StatusCode;
    }
}
