using System.Net;
using System.Security.Cryptography;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>What somebody typed while their session ended reaches the application after the login, when they say so.</summary>
public sealed class KeptFormTests(SharedRedis redis)
{
    private const string Target = "/wiki/save?page=a%2Fb&x=%20+1";

    public static TheoryData<string> Kinds => ["urlencoded", "multipart", "text/plain", "empty"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Form_OfAnEndedSession_ReachesTheApplicationAsItWas_OnceConfirmed(string kind)
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = await stage.LogInAsync();
        browser.Close();
        using var content = FormVisits.Content(kind);
        var (bytes, type) = (await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType!.ToString());

        var page = await browser.SendTooLateAndLogInAsync(Target, content);
        var button = await browser.ButtonAsync(page);
        Assert.Empty(stage.Site.Requests);
        using var answer = await browser.PressAsync(button);

        var echoed = await EchoedRequest.OfAsync(answer);
        Assert.Equal(("POST", Target), (echoed.Method, echoed.Target));
        Assert.Equal((bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes))), (echoed.BodyLength, echoed.BodySha256));
        Assert.Equal((type, $"{bytes.Length}"), (echoed.Header("Content-Type"), echoed.Header("Content-Length")));
        Assert.Equal((Stage.UserId, $"{browser.Origin}/sheet?no=1"), (echoed.Header("X-User-Id"), echoed.Header("Referer")));
        Assert.Null(echoed.Header("Cookie"));
        Assert.Single(stage.Site.Requests);
    }

    [Fact]
    public async Task Visitor_IsToldWhatIsKept_AndIsShownItWithoutItsSecrets()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("multipart");

        var page = await browser.SendTooLateAsync(Target, content);
        using var login = await browser.GetAsync($"/_gateway/login?returnUrl={Uri.EscapeDataString(page)}");
        Assert.Contains("it is kept for 10 minutes", await login.TextAsync(), StringComparison.Ordinal);
        using var away = await browser.GetAsync(page);
        Assert.Equal($"/_gateway/login?returnUrl={Uri.EscapeDataString(page)}", away.Headers.Location?.OriginalString);

        using var done = await browser.LoginAsync(Stage.Email, Stage.Password, returnUrl: page);
        using var confirming = await browser.GetAsync(page);
        var html = await confirming.TextAsync();

        Assert.Contains("/wiki/save", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;hello", html, StringComparison.Ordinal);
        Assert.Contains("notes.bin (2 KB)", html, StringComparison.Ordinal);
        Assert.Contains("new_password</strong>: (not shown)", html, StringComparison.Ordinal);
        Assert.Contains("PW</strong>: (not shown)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", html, StringComparison.Ordinal);
        Assert.Contains("no-store", confirming.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ConfirmedSeveralTimesAtOnceOnTwoNodes_IsSentOnce()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        var second = await stage.StartNodeAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        var page = await browser.SendTooLateAndLogInAsync(Target, content);
        // The name that a visitor knows both nodes by.
        using var there = browser.At(second.BaseAddress);
        var button = await browser.ButtonAsync(page);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            using var request = (number % 2 == 0 ? browser : there).Sending(button.Action, new FormUrlEncodedContent(button.Fields));
            request.Headers.Remove("Origin");
            request.Headers.Host = new Uri(browser.Origin).Authority;
            request.Headers.Add("Origin", browser.Origin);
            using var answer = await browser.SendAsync(request);
            return (answer.StatusCode, answer.Headers.Location?.OriginalString);
        }));

        Assert.Single(stage.Site.Requests);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer == (HttpStatusCode.SeeOther, page)));
        using var gone = await browser.GetAsync(page);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("sent already", await gone.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_KeptByOneNode_IsSentByAnother()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.0/8"));
        var second = await stage.StartNodeAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var content = FormVisits.Content("urlencoded");
        using var request = browser.Sending(Target, content);
        // As a balancer names the site to every node.
        request.Headers.Host = new Uri(second.BaseAddress.AbsoluteUri).Authority;
        request.Headers.Remove("Origin");
        request.Headers.Add("Origin", second.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var sent = await browser.SendAsync(request);
        var page = Uri.UnescapeDataString(sent.Headers.Location!.OriginalString.Split("returnUrl=")[1]);

        using var there = browser.At(second.BaseAddress);
        using var login = await there.LoginAsync(Stage.Email, Stage.Password, returnUrl: page);
        using var answer = await there.PressAsync(await there.ButtonAsync(page));

        Assert.Equal(Target, (await EchoedRequest.OfAsync(answer)).Target);
    }
}
