using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Gateway.Tests.Hosting;

/// <summary>A form as a visitor finds it on a page: where it goes, and the fields it brings along.</summary>
internal sealed record HtmlForm(string Action, Dictionary<string, string> Fields)
{
    /// <summary>The fields of a form of the gateway's own: with its token, and nothing else.</summary>
    public static async Task<Dictionary<string, string>> TokenAsync(Browser browser)
    {
        using var page = await browser.GetAsync("/_gateway/logout");
        return (await ReadAsync(page, "main form[method=post] button")).Fields;
    }

    /// <summary>The form of a page that holds what the selector finds.</summary>
    public static async Task<HtmlForm> ReadAsync(HttpResponseMessage page, string selector)
    {
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var document = new HtmlParser().ParseDocument(html);
        var form = document.QuerySelector(selector)?.Closest("form") as IHtmlFormElement
            ?? throw new InvalidOperationException($"No form with {selector} on {page.RequestMessage?.RequestUri} ({page.StatusCode}): {html}");
        var hidden = form.QuerySelectorAll("input[type=hidden][name]").OfType<IHtmlInputElement>();
        return new HtmlForm(
            form.GetAttribute("action") is { Length: > 0 } action ? action : page.RequestMessage!.RequestUri!.PathAndQuery,
            hidden.ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal));
    }
}
