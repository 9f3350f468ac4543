using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

internal static class Arrival
{
    /// <summary>
    /// Waits for a page of this address to be there. Its state is asked for, because the event that tells of it can come before
    /// anybody listens, and is waited for in vain then.
    /// </summary>
    /// <param name="address">As a pattern, such as <c>**/page</c>.</param>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        await page.WaitForURLAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await CompleteAsync(page);
    }

    public static async Task ArriveAsync(this IPage page, Func<string, bool> address)
    {
        await page.WaitForURLAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await CompleteAsync(page);
    }

    private static Task CompleteAsync(IPage page) => Eventually.TrueAsync(async () => await page.EvaluateAsync<string>("document.readyState") == "complete");
}
