using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Gateway.Tests.Pages;

/// <summary>Where an application leads its visitors by a redirect, the page that they came from does not forbid.</summary>
public sealed class LeadingAwayTests
{
    [Fact]
    public async Task Visitor_WhoLogsInOnTheWayToAPageThatLeadsToAnotherSite_ComesToIt()
    {
        await using var elsewhere = await EchoSite.StartAsync();
        await using var stage = await StartAsync(elsewhere);
        await using var chromium = await Chromium.StartAsync();
        var page = await NewPageAsync(chromium, stage);

        await page.GotoAsync("/wiki/leave");
        await LogInAsync(page);

        await page.ArriveAsync($"{elsewhere.Address.AbsoluteUri}thanks");
    }

    [Fact]
    public async Task Visitor_WhoConfirmsAFormWhoseApplicationLeadsToAnotherSite_ComesToIt()
    {
        await using var elsewhere = await EchoSite.StartAsync();
        await using var stage = await StartAsync(elsewhere);
        await using var chromium = await Chromium.StartAsync();
        var page = await NewPageAsync(chromium, stage);

        await page.GotoAsync("/public/sheet");
        await page.ClickAsync("button");
        await LogInAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it now" }).ClickAsync();

        await page.ArriveAsync($"{elsewhere.Address.AbsoluteUri}thanks");
    }

    [Fact]
    public async Task Page_WhoseFormsStayHere_SaysSo()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync();

        foreach (var path in (string[])["/_gateway/logout", "/_gateway/account", "/_gateway/account/factor", "/_gateway/account/passkeys", "/_gateway/nothing"])
        {
            using var answer = await browser.GetAsync(path);
            Assert.Contains("; form-action 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    private static Task<IPage> NewPageAsync(Chromium chromium, Stage stage) =>
        chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en" });

    private static async Task LogInAsync(IPage page)
    {
        await page.FillAsync("#email", Stage.Email);
        await page.FillAsync("#password", Stage.Password);
        await page.ClickAsync("form:has(#password) button[type=submit]");
    }

    private static Task<Stage> StartAsync(EchoSite elsewhere) => Stage.StartAsync(keys: null, map: site =>
    {
        site.MapGet("/wiki/leave", () => TypedResults.Redirect($"{elsewhere.Address.AbsoluteUri}thanks"));
        site.MapGet("/public/sheet", () => TypedResults.Content(
            "<!DOCTYPE html><title>Sheet</title><form method=\"post\" action=\"/wiki/save\"><input name=\"a\" value=\"1\"><button>Save</button></form>", "text/html"));
        site.MapPost("/wiki/save", (HttpResponse response) =>
        {
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = $"{elsewhere.Address.AbsoluteUri}thanks";
        });
    });
}
