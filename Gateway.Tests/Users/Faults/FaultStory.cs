using System.Net;
using Gateway.RememberMe;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Users.Faults;

/// <summary>What must hold while something is wrong with the user database, and afterwards.</summary>
internal sealed class FaultStory(Stage stage, RedisKeys redis, StagedFault fault)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    // A frozen PostgreSQL takes 4 of them; a busy machine takes its own time.
    private static readonly TimeSpan OnABusyMachine = 2 * Promised;

    public async Task RunAsync()
    {
        using var visitor = await stage.LogInAsync();
        using var remembered = await stage.LogInAsync(remember: true);
        using var form = stage.Gateway.NewBrowser();
        using var page = await form.GetAsync("/_gateway/login");
        var fields = (await HtmlForm.ReadAsync(page, "input[name=password]")).Fields;
        remembered.Close();
        var sessions = await redis.CountAsync("session:*");
        await fault.Begin(stage);

        var trying = TryToLogInAsync(form, fields);
        for (var request = 0; request < 5; request++)
            Assert.Equal(Stage.UserId, await visitor.UserAtAsync());
        await trying;

        Assert.Equal(sessions, await redis.CountAsync("session:*"));
        await ComeBackAsync(remembered);
        await fault.End(stage);
        await BeAsBeforeAsync(remembered);
    }

    // More of them than failures lock an account.
    private async Task TryToLogInAsync(Browser form, Dictionary<string, string> fields)
    {
        var browsers = Enumerable.Range(0, 6).Select(_ => stage.Gateway.NewBrowser()).ToList();
        (fields["email"], fields["password"], fields["remember"]) = (Stage.Email, Stage.Password, "true");
        var start = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(
            [form.SubmitAsync("/_gateway/login", fields), .. browsers.Select(browser => browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true))]);

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, OnABusyMachine);
        Assert.All(answers, AssertUnavailable);
        Assert.Equal("text/html", answers[0].Content.Headers.ContentType?.MediaType);
        Assert.Contains($"value=\"{Stage.Email}\"", await answers[0].TextAsync(), StringComparison.Ordinal);
        Assert.All(answers[1..], answer => Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType));
        browsers.ForEach(browser => browser.Dispose());
    }

    private async Task ComeBackAsync(Browser remembered)
    {
        using var answer = await remembered.GetAsync("/page");
        if (fault.Reads)
            Assert.Equal(Stage.UserId, (await EchoedRequest.OfAsync(answer)).Header("X-User-Id"));
        else
            AssertUnavailable(answer);
        using var open = await remembered.GetAsync("/public/page");
        Assert.Equal(fault.Reads ? Stage.UserId : null, (await EchoedRequest.OfAsync(open)).Header("X-User-Id"));
        Assert.NotNull(remembered.Cookies[Stage.RememberCookie]);
        Assert.Equal(fault.Reads ? 0 : 1, stage.Gateway.Logs.Of("DatabaseAway").Count);
    }

    private async Task BeAsBeforeAsync(Browser remembered)
    {
        using var browser = stage.Gateway.NewBrowser();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            OnABusyMachine);
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
        Assert.Equal(2, await stage.Gateway.InDatabaseAsync(
            database => database.Set<RememberedBrowser>().CountAsync(row => row.UserId == Stage.UserId && row.Address != null, TestContext.Current.CancellationToken)));
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("DatabaseBack").Count == (fault.Reads ? 0 : 1), OnABusyMachine);
    }

    private static void AssertUnavailable(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }
}
