using Gateway.Tests.Hosting;

namespace Gateway.Tests.SecondFactor;

/// <summary>Whoever asked for a part of a page comes to it, however much is asked of them on the way.</summary>
public sealed class FragmentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_WhoAskedForAPartOfAPage_ComesToItByCodeAndByPassword(bool javaScript)
    {
        await using var stage = await FactorStage.StartAsync(settings => settings
            .With("ReverseProxy:Routes:money:ClusterId", "site")
            .With("ReverseProxy:Routes:money:Match:Path", "/money/{**path}")
            .With("ReverseProxy:Routes:money:Metadata:Gateway.ReauthenticateWithin", "00:10:00"));
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = javaScript });

        await page.GotoAsync("/page?a=1#part-2");
        await page.FillAsync("#email", Stage.Email);
        await page.FillAsync("#password", Stage.Password);
        await page.ClickAsync("form:has(#password) button[type=submit]");
        await page.FillAsync("#code", stage.App.WrongCode());
        await page.ClickAsync("form:has(#code) button[type=submit]");
        await page.Locator(".notice.failure").WaitForAsync();
        await page.FillAsync("#code", stage.App.Code());
        await page.ClickAsync("form:has(#code) button[type=submit]");
        await page.ArriveAsync("**/page?a=1#part-2");

        stage.Clock.Advance(TimeSpan.FromMinutes(11));
        await page.GotoAsync("/money/page#part-3");
        await page.FillAsync("#password", Stage.Password);
        await page.ClickAsync("form:has(#password) button[type=submit]");
        await page.ArriveAsync("**/money/page#part-3");
    }
}
