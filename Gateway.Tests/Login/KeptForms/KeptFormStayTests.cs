using System.Net;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>A form that does not reach the application stays kept, until its visitor has it dropped.</summary>
public sealed class KeptFormStayTests(SharedRedis redis)
{
    private const string Target = "/wiki/save?page=a%2Fb&x=%20+1";

    [Fact]
    public async Task Form_ThatIsNotToBeSent_IsGone_AndItsVisitorIsBackOnItsPage()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync(Target, content);
        using var confirming = await browser.GetAsync(page);
        var drop = await HtmlForm.ReadAsync(confirming, $"form[action='{page}'] button");

        using var forged = await browser.SubmitAsync(page, []);
        using var answer = await browser.SubmitAsync(drop.Action, drop.Fields);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal((HttpStatusCode.SeeOther, "/sheet?no=1"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.Gone, await browser.StatusAsync(page));
        Assert.Empty(stage.Site.Requests);
    }

    [Fact]
    public async Task Form_OfAVisitorWithoutTheRole_IsRefusedAndStays()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync("/edit/save", content);

        using var refused = await browser.PressAsync(await browser.ButtonAsync(page));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(stage.Site.Requests);

        Assert.Equal(0, (await stage.Gateway.RunCommandAsync("users", "roles", Stage.Email, "editor")).ExitCode);
        await Eventually.TrueAsync(async () => await browser.StatusAsync("/edit/page") == HttpStatusCode.OK);
        using var answer = await browser.PressAsync(await browser.ButtonAsync(page));
        Assert.Equal("/edit/save", (await EchoedRequest.OfAsync(answer)).Target);
    }

    [Fact]
    public async Task Form_WhoseApplicationIsAway_Stays()
    {
        await using var stage = await Stage.StartAsync(
            redis.NewKeys(), settings => settings.WithRoute("away", "/away", new Uri($"http://127.0.0.1:{LoopbackPort.Next()}/")));
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync("/away", content);

        using var answer = await browser.PressAsync(await browser.ButtonAsync(page));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(page));
    }

    [Fact]
    public async Task Button_PressedAfterTheSessionEndedAgain_LeadsToTheSameFormAfterTheLogin()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync(Target, content);
        var button = await browser.ButtonAsync(page);
        browser.Cookies[Stage.SessionCookie] = null;

        Assert.Equal(page, await browser.SendTooLateAsync(button.Action, new FormUrlEncodedContent(button.Fields)));
    }

    [Fact]
    public async Task ApplicationsOwnForm_SentWhileAnotherIsKept_PassesAsItIs()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync(Target, content);
        using var own = FormVisits.Fields(("gateway-form", "mine"), ("a", "1"));
        var bytes = await own.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        using var answer = await browser.SendAsync(browser.Sending(Target, own));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (await EchoedRequest.OfAsync(answer)).BodySha256);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(page));
    }
}
