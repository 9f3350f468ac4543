using System.Net;
using Gateway.Tests.Account;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Recovery;

/// <summary>What somebody sends who has a link, or who would like to have somebody else's.</summary>
public sealed class ResetFormTests : IDisposable
{
    private readonly Mailbox mailbox = new();

    [Theory]
    [InlineData("velvet anchor", "velvet anchor", "at least 15 characters")]
    [InlineData("passwordpassword", "passwordpassword", "too easily guessed")]
    [InlineData("velvet anchor tobacco", "velvet anchor tobaco", "not the same as above")]
    public async Task Password_ThatIsNotGoodEnough_IsToldSo_AndTheLinkStaysGood(string wanted, string again, string fault)
    {
        await using var stage = await StartAsync();
        var link = await AskAsync(stage, 1);
        using var browser = stage.Gateway.NewBrowser();

        using var refused = await browser.SetPasswordAsync(link, wanted, again);
        using var set = await browser.SetPasswordAsync(link);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(fault, await refused.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
    }

    [Fact]
    public async Task Form_NotOfThisPage_ChangesNothing()
    {
        await using var stage = await StartAsync();
        var token = (await AskAsync(stage, 1)).Split('=')[1];
        using var browser = stage.Gateway.NewBrowser();
        KeyValuePair<string, string>[] fields = [new("token", token), new("new", RecoveryVisits.New), new("again", RecoveryVisits.New)];
        using var foreign = browser.Navigation(HttpMethod.Post, "/_gateway/reset");
        foreign.Content = new FormUrlEncodedContent(fields);
        foreign.Headers.Add("Origin", "https://evil.example");

        using var fromElsewhere = await browser.SendAsync(foreign);
        using var withoutToken = await browser.SubmitAsync("/_gateway/reset", fields);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (fromElsewhere.StatusCode, withoutToken.StatusCode));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(Stage.Password));
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("none")]
    public async Task LinkFromElsewhere_DoesNotSayThatAPasswordWasSet(string from)
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();

        using var page = await browser.VisitAsync("/_gateway/login?reset=done", from);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("Your new password is set", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatARequestNames_HasNoInfluenceOnTheLink()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync(RecoveryVisits.Page);
        var form = await HtmlForm.ReadAsync(page, "input[name=email]");
        using var request = browser.Navigation(HttpMethod.Post, form.Action);
        request.Content = new FormUrlEncodedContent([.. form.Fields, new("email", Stage.Email)]);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "http");
        request.Headers.Add("Origin", "http://evil.example");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var mail = await mailbox.WaitAsync(1);
        Assert.StartsWith("/_gateway/reset?", Mailbox.LinkIn(mail), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", mail.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => mailbox.Dispose();

    private Task<Stage> StartAsync() =>
        Stage.StartAsync(keys: null, settings => mailbox.Configure(settings).With("Gateway:TrustedProxies:0", "127.0.0.0/8"));

    private async Task<string> AskAsync(Stage stage, int mails)
    {
        await stage.Gateway.ForgetAsync(Stage.Email);
        return await mailbox.LinkAsync(mails);
    }
}
