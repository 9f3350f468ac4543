using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Administration;

/// <summary>One session of a user is ended, in the browser or by a command, and the others go on.</summary>
public sealed class SessionDecisionTests(SharedRedis redis)
{
    [Theory]
    [Requirement("S10")]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Browser_OfAUser_IsLoggedOutAlone(bool remembered, bool withRedis)
    {
        await using var stage = await AdministrationVisits.StartAsync(withRedis ? redis.NewKeys() : null);
        using var lost = await stage.LogInAsync(remembered);
        using var kept = await stage.LogInAsync(!remembered);
        using var browser = await stage.LogInAsAdministratorAsync();
        using var page = await browser.ReadAsync(AdministrationVisits.Ann);
        var rows = page.QuerySelectorAll("tbody tr").ToList();
        var handle = rows.Single(row => row.QuerySelector("th .hint") is not null == remembered).QuerySelector("input[name=browser]")!.GetAttribute("value")!;

        using var answer = await browser.DecideAsync("end", Stage.UserId, ("browser", handle));
        using var again = await browser.DecideAsync("end", Stage.UserId, ("browser", handle));

        answer.AssertDone(remembered ? "forgotten" : "ended");
        again.AssertDone("gone");
        Assert.Equal(2, rows.Count);
        Assert.Null(await lost.UserAtAsync());
        Assert.Equal(Stage.UserId, await kept.UserAtAsync());
        var told = await stage.Gateway.OneAsync(remembered ? AuditActions.BrowserForgotten : AuditActions.SessionEnded);
        Assert.Equal(("user:1", "user:42"), (told.Actor, told.Subject));
    }

    [Fact]
    public async Task Page_OfTheAdministratorThemselves_MarksTheBrowserBeforeThem()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/user?id=1");

        Assert.Equal("This browser", page.QuerySelector("tbody .badge")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("tbody form"));
    }

    [Fact]
    public async Task Handle_OfAnotherUsersBrowser_EndsNothing()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var ann = await stage.LogInAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var page = await browser.ReadAsync(AdministrationVisits.Ann);
        var handle = page.QuerySelector("input[name=browser]")!.GetAttribute("value")!;

        using var answer = await browser.DecideAsync("end", AdministrationVisits.Id, ("browser", handle));

        answer.AssertDone("gone", AdministrationVisits.Id);
        Assert.Equal(Stage.UserId, await ann.UserAtAsync());
    }

    [Theory]
    [InlineData("browser")]
    [InlineData("session")]
    public async Task Command_EndsTheOneThatTheListNames(string kind)
    {
        await using var stage = await AdministrationVisits.StartAsync(redis.NewKeys());
        using var one = await stage.LogInAsync(remember: kind == "browser");
        using var two = await stage.LogInAsync();
        var name = await NameAsync(stage, kind);

        var ended = await stage.Gateway.RunCommandAsync("sessions", "end", Stage.Email, name, "--json");
        var again = await stage.Gateway.RunCommandAsync("sessions", "end", Stage.Email, name);

        Assert.Equal($$"""{"id":"42","email":"ann@example.org","kind":"{{kind}}","name":"{{name}}"}""" + "\n", ended.Out);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains(name, again.Error, StringComparison.Ordinal);
        Assert.Single((string?[])[await one.UserAtAsync(), await two.UserAtAsync()], user => user is null);
        Assert.True(kind == "session" || await two.UserAtAsync() is not null);
        Assert.Equal("operator", (await stage.Gateway.OneAsync(kind == "browser" ? AuditActions.BrowserForgotten : AuditActions.SessionEnded)).Actor);
    }

    [Fact]
    public async Task Command_ThatEndsASessionOfARememberedBrowser_SaysThatItComesBack()
    {
        await using var stage = await AdministrationVisits.StartAsync(redis.NewKeys());
        using var remembered = await stage.LogInAsync(remember: true);

        var ended = await stage.Gateway.RunCommandAsync("sessions", "end", Stage.Email, await NameAsync(stage, "session"));

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("end the browser", ended.Error, StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await remembered.UserAtAsync());
    }

    [Fact]
    public async Task Command_WithoutRedis_SaysThatItCantReachTheProcess()
    {
        await using var stage = await AdministrationVisits.StartAsync();
        using var ann = await stage.LogInAsync();

        var ended = await stage.Gateway.RunCommandAsync("sessions", "end", Stage.Email, "0123456789ab");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("sessions revoke", ended.Error, StringComparison.Ordinal);
        Assert.Equal(Stage.UserId, await ann.UserAtAsync());
    }

    private static async Task<string> NameAsync(Stage stage, string kind)
    {
        var listed = await stage.Gateway.RunCommandAsync("sessions", "list", Stage.Email);
        return listed.Out.Split('\n').First(line => line.StartsWith(kind, StringComparison.Ordinal)).Split('\t')[^1];
    }
}
