using System.Net;
using System.Security.Cryptography;
using Gateway.Audit;
using Gateway.Recovery;
using Gateway.Tests.Account;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Recovery;

/// <summary>What a link is good for, and when it is good for nothing.</summary>
public class ResetLinkTests : IDisposable
{
    private readonly Mailbox mailbox = new();
    private readonly TestClock clock = new();

    [Fact]
    public async Task Link_WorksOnce()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        var link = await AskAsync(stage, 1);
        using var page = await browser.GetAsync(link);
        var form = await HtmlForm.ReadAsync(page, "input[name=new]");

        using var set = await browser.SetPasswordAsync(link);
        using var shown = await browser.GetAsync(link);
        using var sent = await browser.SubmitAsync(form.Action, [.. form.Fields, new("new", "another sound password"), new("again", "another sound password")]);

        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        await AssertGoneAsync(shown);
        await AssertGoneAsync(sent);
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(RecoveryVisits.New));
        Assert.Equal(0, await CountAsync(stage));
    }

    [Fact]
    public async Task Link_UsedManyTimesAtOnce_WorksOnce()
    {
        await using var stage = await StartAsync();
        using var browser = stage.Gateway.NewBrowser();
        using var page = await browser.GetAsync(await AskAsync(stage, 1));
        var form = await HtmlForm.ReadAsync(page, "input[name=new]");
        var passwords = Enumerable.Range(0, 6).Select(number => $"velvet anchor tobacco {number}").ToList();

        var statuses = await Task.WhenAll(passwords.Select(async password =>
        {
            using var answer = await browser.SubmitAsync(form.Action, [.. form.Fields, new("new", password), new("again", password)]);
            return answer.StatusCode;
        }));

        var (_, taken) = Assert.Single(statuses.Zip(passwords), pair => pair.First is HttpStatusCode.SeeOther);
        Assert.Equal(5, statuses.Count(status => status is HttpStatusCode.Gone));
        Assert.Equal(HttpStatusCode.OK, await stage.LogInStatusAsync(taken));
        await stage.Gateway.OneAsync(AuditActions.UserPasswordReset);
    }

    [Fact]
    public async Task Looking_ChangesNothing()
    {
        await using var stage = await StartAsync();
        var link = await AskAsync(stage, 1);
        using var scanner = stage.Gateway.NewBrowser();
        for (var look = 0; look < 3; look++)
        {
            using var page = await scanner.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("no-store", page.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }

        using var browser = stage.Gateway.NewBrowser();
        using var set = await browser.SetPasswordAsync(link);

        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
    }

    [Theory]
    [InlineData("00:19:59", HttpStatusCode.OK)]
    [InlineData("00:20:00", HttpStatusCode.Gone)]
    public async Task Link_IsGoodForTwentyMinutes(string age, HttpStatusCode status)
    {
        await using var stage = await StartAsync();
        var link = await AskAsync(stage, 1);
        clock.Advance(TimeSpan.Parse(age));
        using var browser = stage.Gateway.NewBrowser();

        using var page = await browser.GetAsync(link);

        Assert.Equal(status, page.StatusCode);
    }

    [Fact]
    public async Task NewerLink_TakesThePlaceOfAnOlderOne()
    {
        await using var stage = await StartAsync();
        var older = await AskAsync(stage, 1);
        var newer = await AskAsync(stage, 2);
        using var browser = stage.Gateway.NewBrowser();

        using var gone = await browser.GetAsync(older);
        using var set = await browser.SetPasswordAsync(newer);

        Assert.NotEqual(older, newer);
        await AssertGoneAsync(gone);
        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
    }

    [Theory]
    [InlineData("users", "set-password", Stage.Email)]
    [InlineData("users", "disable", Stage.Email)]
    [InlineData("users", "remove", Stage.Email)]
    [InlineData("sessions", "revoke", Stage.Email)]
    public async Task Link_OfAUserWhomAnOperatorChangedSince_IsWorthNothing(params string[] command)
    {
        await using var stage = await StartAsync();
        var link = await AskAsync(stage, 1);
        using var browser = stage.Gateway.NewBrowser();

        var done = await stage.Gateway.RunCommandAsync(command);
        using var page = await browser.GetAsync(link);

        Assert.Equal(0, done.ExitCode);
        await AssertGoneAsync(page);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00%ff%2e%2e%2f")]
    public async Task Link_ThatIsNoneOfOurs_IsWorthNothing(string token)
    {
        await using var stage = await StartAsync();
        await AskAsync(stage, 1);
        using var browser = stage.Gateway.NewBrowser();

        using var page = await browser.GetAsync($"/_gateway/reset?token={token}");
        using var without = await browser.GetAsync("/_gateway/reset");

        await AssertGoneAsync(page);
        await AssertGoneAsync(without);
    }

    [Fact]
    public async Task Database_HasTheHashAlone_AndSweepsWhatIsTooOld()
    {
        await using var stage = await StartAsync();
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password);
        var link = await AskAsync(stage, 1);
        var token = link.Split('=')[1];
        var row = await stage.Gateway.InDatabaseAsync(database => database.Set<ResetLink>().SingleAsync(TestContext.Current.CancellationToken));

        clock.Advance(TimeSpan.FromMinutes(20));
        await stage.Gateway.ForgetAsync("bob@example.org");
        await mailbox.WaitAsync(2);

        Assert.Equal(SHA256.HashData(System.Buffers.Text.Base64Url.DecodeFromChars(token)), row.Hash);
        Assert.Equal(1, await CountAsync(stage));
    }

    public void Dispose()
    {
        mailbox.Dispose();
        GC.SuppressFinalize(this);
    }

    private static async Task AssertGoneAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("This link does not work any more", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private static Task<int> CountAsync(Stage stage) =>
        stage.Gateway.InDatabaseAsync(database => database.Set<ResetLink>().CountAsync(TestContext.Current.CancellationToken));

    private Task<Stage> StartAsync() => Stage.StartAsync(keys: null, mailbox.Configure, clock);

    private async Task<string> AskAsync(Stage stage, int mails)
    {
        await stage.Gateway.ForgetAsync(Stage.Email);
        return await mailbox.LinkAsync(mails);
    }
}
