using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>What axe-core has against a page as it is shown at this moment. Its context must bypass the Content-Security-Policy.</summary>
internal static class Accessibility
{
    private const string Run = """
        tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(result =>
            result.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html}\n${node.failureSummary}`)))
        """;

    // WCAG 2.2, levels A and AA, and what axe thinks good beside it.
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>No fault by axe, and nothing for which one must scroll to the side.</summary>
    /// <param name="name">Of the page, for whoever reads the failure.</param>
    public static async Task AssertCleanAsync(IPage page, string name)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
            await page.AddScriptTagAsync(new() { Content = Script });
        var faults = await page.EvaluateAsync<string[]>(Run, Tags);
        Assert.True(faults.Length == 0, $"{name}, {page.Url}:\n{string.Join("\n\n", faults)}");

        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name}, {page.Url}: {tooWide} pixels too wide");
    }
}
