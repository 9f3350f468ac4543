using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;
using Gateway.Users;

namespace Gateway.Tests.Administration;

/// <summary>How much goes on, in the browser and by a command.</summary>
public abstract class FiguresStories(SharedRedis redis)
{
    [Fact]
    public async Task Overview_CountsTheLastHourAndDay()
    {
        var clock = new TestClock();
        await using var stage = await AdministrationVisits.StartAsync(clock: clock);
        using var early = await stage.LogInAsync();
        await stage.Gateway.OneAsync(AuditActions.LoginSucceeded);
        clock.Advance(TimeSpan.FromHours(2));
        using var late = await stage.LogInAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var guess = stage.Gateway.NewBrowser();
        using var wrong = await guess.LoginJsonAsync(Stage.Email, "wrong");
        await stage.Gateway.OneAsync(AuditActions.LoginRefused);

        using var page = await browser.ReadAsync(AdministrationVisits.Page);
        var command = JsonElement.Parse((await stage.Gateway.RunCommandAsync("figures", "--json")).Out);

        var rows = page.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.QuerySelectorAll("td").Select(cell => cell.TextContent)));
        Assert.Equal(["2 3", "1 1", "0 0", "0 0", "0 0"], rows);
        Assert.Contains("2 sessions are live", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("""{"logins":2,"refused":1,"locked":0,"throttled":0,"restored":0}""", command.GetProperty("lastHour").GetRawText());
        Assert.Equal(3, command.GetProperty("lastDay").GetProperty("logins").GetInt32());
        Assert.Equal(JsonValueKind.Null, command.GetProperty("sessions").ValueKind);
    }

    [Fact]
    public async Task Overview_OfWhatIsNotRecorded_SaysSo()
    {
        await using var stage = await AdministrationVisits.StartAsync(configure: settings => settings.With("Gateway:Audit:Except:0", "session.restored"));
        using var browser = await stage.LogInAsAdministratorAsync();

        using var page = await browser.ReadAsync(AdministrationVisits.Page);

        Assert.Equal(2, page.QuerySelectorAll("tbody td").Count(cell => cell.TextContent == "not recorded"));
    }

    [Fact]
    public async Task Sessions_InRedis_AreCountedBesideTheRequests_AtMostOnceAMinute()
    {
        var clock = new TestClock();
        await using var stage = await AdministrationVisits.StartAsync(redis.NewKeys(), clock: clock);
        using var ann = await stage.LogInAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        using var first = await browser.ReadAsync(AdministrationVisits.Page);
        Assert.Contains("are being counted", first.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await Eventually.TrueAsync(async () => await ShowsAsync(browser, "2 sessions are live"));
        using var another = await stage.LogInAsync();
        Assert.True(await ShowsAsync(browser, "2 sessions are live"));
        clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(async () => await ShowsAsync(browser, "3 sessions are live"));
        var command = JsonElement.Parse((await stage.Gateway.RunCommandAsync("figures", "--json")).Out);
        Assert.Equal(3, command.GetProperty("sessions").GetInt32());
    }

    internal static async Task<bool> ShowsAsync(Browser browser, string text)
    {
        using var page = await browser.ReadAsync(AdministrationVisits.Page);
        return page.QuerySelector("main")!.TextContent.Contains(text, StringComparison.Ordinal);
    }
}

[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class FiguresTests(SharedRedis redis) : FiguresStories(redis);

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class FiguresOnPostgreSqlTests(SharedRedis redis) : FiguresStories(redis);

/// <summary>Sessions are counted on every server of a cluster.</summary>
[Collection(typeof(OnCluster))]
public sealed class FiguresOnClusterTests(ClusterEngine engine)
{
    [Fact]
    public async Task Sessions_OnAllServers_AreCounted()
    {
        var keys = engine.NewKeys();
        await using var stage = await AdministrationVisits.StartAsync(keys);
        for (var number = 0; number < 30; number++)
            (await stage.LogInAsync()).Dispose();
        var owners = await Task.WhenAll((await keys.ListAsync("session:*")).Select(keys.OwnerAsync));

        var counted = await stage.Gateway.RunCommandAsync("figures", "--json");

        Assert.Equal(3, owners.Distinct().Count());
        Assert.Equal(30, JsonElement.Parse(counted.Out).GetProperty("sessions").GetInt32());
    }
}

/// <summary>A user of Redis without the right to SCAN, which README calls optional.</summary>
[Collection(typeof(OnSecured))]
public sealed class FiguresWithoutTheRightTests(SecuredEngine engine)
{
    [Fact]
    public async Task Sessions_ThatMayNotBeCounted_AreNot_AndThePageSaysSo()
    {
        await using var stage = await AdministrationVisits.StartAsync(engine.NewKeys());
        using var browser = await stage.LogInAsAdministratorAsync();

        await Eventually.TrueAsync(async () => await FiguresStories.ShowsAsync(browser, "has no right to SCAN"));
        var command = await stage.Gateway.RunCommandAsync("figures");
        await engine.AskAsync("ACL", "SETUSER", "gateway", "+scan");
        var allowed = await stage.Gateway.RunCommandAsync("figures", "--json");
        await engine.AskAsync("ACL", "SETUSER", "gateway", "-scan");

        Assert.Equal(0, command.ExitCode);
        Assert.Contains("no right to SCAN", command.Error, StringComparison.Ordinal);
        Assert.Equal(1, JsonElement.Parse(allowed.Out).GetProperty("sessions").GetInt32());
    }
}
