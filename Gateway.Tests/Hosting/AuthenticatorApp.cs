using AngleSharp.Html.Parser;
using Gateway.SecondFactor;

namespace Gateway.Tests.Hosting;

/// <summary>The app on a visitor's phone, and the recovery codes in their drawer.</summary>
internal sealed class AuthenticatorApp(byte[] secret, TimeProvider clock)
{
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>What the app shows.</summary>
    /// <param name="later">Of so many times 30 seconds from now.</param>
    public string Code(int later = 0) => Totp.Code(secret, Totp.StepAt(clock.GetUtcNow()) + later);

    /// <summary>A code that the app shows neither now nor before or after.</summary>
    public string WrongCode() => Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), 6)).First(
        code => Enumerable.Range(-3, 7).All(later => Code(later) != code));

    /// <summary>Sets the app up on a page with a key, in the way of somebody who can't scan.</summary>
    /// <returns>The app, and the answer to its first code.</returns>
    public static async Task<(AuthenticatorApp App, HttpResponseMessage Answer)> SetUpAsync(Browser browser, HttpResponseMessage page, TimeProvider clock)
    {
        var app = new AuthenticatorApp(Decode(await SecretOnAsync(page)), clock);
        var form = await HtmlForm.ReadAsync(page, "input[name=ticket]");
        form.Fields["code"] = app.Code();
        var answer = await browser.SubmitAsync(form.Action, form.Fields);
        using var codes = new HtmlParser().ParseDocument(await answer.TextAsync());
        app.RecoveryCodes = [.. codes.QuerySelectorAll("ol code").Select(code => code.TextContent)];
        return (app, answer);
    }

    /// <summary>The same on the account page of a visitor who is signed in.</summary>
    public static async Task<AuthenticatorApp> SetUpAsync(Browser browser, TimeProvider clock)
    {
        using var page = await browser.GetAsync($"{browser.Prefix}/account/factor/totp");
        var (app, answer) = await SetUpAsync(browser, page, clock);
        using (answer)
            answer.EnsureSuccessStatusCode();
        return app;
    }

    private static async Task<string> SecretOnAsync(HttpResponseMessage page)
    {
        using var document = new HtmlParser().ParseDocument(await page.TextAsync());
        return document.QuerySelector("#secret")?.TextContent ?? throw new InvalidOperationException($"No key on {page.RequestMessage?.RequestUri} ({page.StatusCode})");
    }

    // RFC 4648 section 6, the other way round from the gateway.
    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Replace(" ", "", StringComparison.Ordinal).Select(
            character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}

internal static class BrowserFactor
{
    /// <summary>Enters a code on the page that asks for one.</summary>
    public static async Task<HttpResponseMessage> EnterCodeAsync(this Browser browser, string page, string code)
    {
        using var shown = await browser.GetAsync(page);
        var form = await HtmlForm.ReadAsync(shown, "form:has(input[name=returnUrl]) input[name=code]");
        form.Fields["code"] = code;
        return await browser.SubmitAsync(form.Action, form.Fields);
    }

    /// <summary>Logs in as Ann, by password and code.</summary>
    public static async Task<HttpResponseMessage> LoginAsync(this Browser browser, string code, bool remember = false, string returnUrl = "/page")
    {
        using var asked = await browser.LoginAsync(Stage.Email, Stage.Password, remember, returnUrl);
        return await browser.EnterCodeAsync(asked.Headers.Location!.OriginalString, code);
    }
}
