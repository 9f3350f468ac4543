using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>What axe-core has against a page as it is shown at this moment. Its context must bypass the Content-Security-Policy.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>WCAG 2.2 A and AA and axe's best practice, and nothing that must be scrolled to the side.</summary>
    public static async Task AssertCleanAsync(IPage page, string name)
    {
        var result = await page.RunAxe(Rules);
        var faults = result.Violations.SelectMany(fault => fault.Nodes.Select(node => $"{fault.Id}: {node.Html}\n  {string.Join("; ", node.Any.Concat(node.All).Select(check => check.Message))}"));
        Assert.True(result.Violations.Length == 0, $"{name}, {page.Url}:\n{string.Join('\n', faults)}");
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name}, {page.Url}: {tooWide} pixels too wide");
    }
}
