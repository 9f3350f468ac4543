using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Login;

public sealed partial class RefusedLoginTests(SharedRedis redis)
{
    private const string Wrong = "wrong pass phrase";

    [Fact]
    [Requirement("A04")]
    public async Task Login_OfAnUnknownADisabledOrALockedUserAndWithAWrongPassword_LooksTheSame()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys(), settings => settings.With("Gateway:Login:MaxFailures", "3"));
        await stage.Gateway.AddUserAsync("off@example.org", Stage.Password);
        await stage.Gateway.ChangeUserAsync("off@example.org", (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        await stage.Gateway.AddUserAsync("shut@example.org", Stage.Password);
        for (var attempt = 0; attempt < 3; attempt++)
            await AnswerAsync(stage, "shut@example.org", Wrong);

        var wrong = await AnswerAsync(stage, Stage.Email, Wrong);

        Assert.Contains("401", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, await AnswerAsync(stage, "nobody@example.org", Wrong));
        Assert.Equal(wrong, await AnswerAsync(stage, "off@example.org", Wrong));
        Assert.Equal(wrong, await AnswerAsync(stage, "off@example.org", Stage.Password));
        Assert.Equal(wrong, await AnswerAsync(stage, "shut@example.org", Wrong));
        Assert.Equal(wrong, await AnswerAsync(stage, "shut@example.org", Stage.Password));
    }

    [Fact]
    [Requirement("A20")]
    public async Task Login_Refused_IsLoggedWithItsAccountAndWithoutWhatWasTyped()
    {
        await using var stage = await Stage.StartAsync(keys: null);

        foreach (var email in (string[])["bob@example.org", " BOB@example.org", "nobody@example.org"])
            await AnswerAsync(stage, email, Wrong);

        var accounts = stage.Gateway.Logs.Of("LoginRefused").Select(entry => Account().Match(entry.Text).Groups["hash"].Value).ToList();
        Assert.Equal([4, 2], accounts.CountBy(account => account, StringComparer.Ordinal).Select(account => account.Value));
        Assert.All(stage.Gateway.Logs.Of("LoginRefused"), entry => Assert.Contains("from 127.0.0.1 ", entry.Text, StringComparison.Ordinal));
        using var browser = await stage.LogInAsync();
        Assert.Contains("42 logged in from 127.0.0.1", Assert.Single(stage.Gateway.Logs.Of("LoggedIn")).Text, StringComparison.Ordinal);
        Assert.Empty(stage.Gateway.Logs.Containing(Stage.Password));
        Assert.Empty(stage.Gateway.Logs.Containing("bob@"));
        Assert.Empty(stage.Gateway.Logs.Containing(Wrong));
    }

    [Theory]
    [Requirement("A20")]
    [InlineData(Stage.Password, "LoggedIn")]
    [InlineData(Wrong, "LoginRefused")]
    public async Task Login_HoweverItEnds_IsLoggedWithTheClientsAddress(string password, string logged)
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("Gateway:TrustedProxies:0", "127.0.0.1"));
        using var browser = stage.Gateway.NewBrowser();
        using var request = browser.Request(HttpMethod.Post, "/_gateway/login");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Content = JsonContent.Create(new { email = Stage.Email, password });

        using var answer = await browser.SendAsync(request);

        Assert.Contains("from 203.0.113.7", Assert.Single(stage.Gateway.Logs.Of(logged)).Text, StringComparison.Ordinal);
    }

    // Status, headers, cookies and page, without what differs from one answer to the next in any case.
    private static async Task<string> AnswerAsync(Stage stage, string email, string password)
    {
        using var browser = stage.Gateway.NewBrowser();
        using var form = await browser.LoginAsync(email, password);
        using var json = await browser.LoginJsonAsync(email, password);
        Assert.Equal(HttpStatusCode.Unauthorized, json.StatusCode);
        var whole = $"{form}\n{await form.TextAsync()}\n{json}\n{await json.TextAsync()}\n{string.Join('\n', browser.Cookies.Received)}";
        return Changing().Replace(whole.Replace(email, "EMAIL", StringComparison.Ordinal), "*");
    }

    [GeneratedRegex("CfDJ8[\\w-]+|challenge[^,]*|Date: .*|\"traceId\":\"[^\"]*\"|Content-Length: \\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Changing();

    [GeneratedRegex("account (?<hash>[0-9a-f]{12}) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Account();
}
