using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

internal static class Arrival
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Waits for a page of this address to be there. The page is asked where it is, because the event that tells of it can come before
    /// anybody listens, and is waited for in vain then; Playwright's own wait for an address does that, too.
    /// </summary>
    /// <param name="address">As a pattern, such as <c>**/page</c>: two stars are anything, and one is anything but a slash.</param>
    public static Task ArriveAsync(this IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return page.ArriveAsync(url => Regex.IsMatch(url, $"^{pattern}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
    }

    public static async Task ArriveAsync(this IPage page, Func<string, bool> address)
    {
        await Eventually.TrueAsync(() => address(page.Url), Patience, "the page is another one");
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<string>("document.readyState") == "complete", Patience);
    }
}
