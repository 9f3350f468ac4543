using System.Net;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Audit;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Administration;

/// <summary>An administrator reads the audit trail, and takes it along, whatever engine has it.</summary>
public abstract class AuditPageStories
{
    [Theory]
    [InlineData("", 5)]
    [InlineData("action=user.", 4)]
    [InlineData("user=ann%40EXAMPLE.org", 3)]
    [InlineData("user=43", 1)]
    [InlineData("user=43&action=login", 0)]
    [InlineData("text=editor", 1)]
    [InlineData("text=%00", 5)]
    [InlineData("since=1h", 5)]
    [InlineData("until=2020-01-01", 0)]
    [InlineData("since=2020-01-01&until=2120-01-01T12:00", 5)]
    public async Task Page_HasTheEventsThatFit_TheNewestFirst(string query, int count)
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        await stage.Gateway.OneAsync(AuditActions.LoginSucceeded);

        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/audit?{query}");

        var times = page.QuerySelectorAll("tbody td:first-child").Select(cell => cell.TextContent).ToList();
        Assert.Equal(count, times.Count);
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Page_NamesUsersByTheirAddress_AndEncodesWhatOthersWrote()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        await AddAsync(stage, new AuditEvent { Action = "test.html", Actor = "user:42", Subject = "user:gone", Detail = AuditDetail.Of(("text", "<script>alert(1)</script>")) });

        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/audit?action=test.html");

        var cells = page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal([Stage.Email, "user:gone", "–"], cells[1..]);
        Assert.Equal(AdministrationVisits.Ann, page.QuerySelector("tbody td a")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("script"));
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector("tbody th")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trail_OfMany_IsReadPageByPage_EachOnce()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        await AddAsync(stage, [.. Enumerable.Range(0, 120).Select(number => new AuditEvent { Action = "test.many", Detail = AuditDetail.Of(("number", number)) })]);

        var seen = new List<string>();
        for (string? next = $"{AdministrationVisits.Page}/audit?action=test.many"; next is not null;)
        {
            using var page = await browser.ReadAsync(next);
            seen.AddRange(page.QuerySelectorAll("tbody .hint").Select(detail => detail.TextContent));
            next = page.QuerySelectorAll("nav.pages a").FirstOrDefault(link => link.TextContent == "Next page")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(number => $$"""{"number":{{number}}}"""), seen);
    }

    [Fact]
    public async Task Download_HasWhatTheFilterShows_AndIsToldItself()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();
        await AddAsync(stage, [.. Enumerable.Range(0, 1500).Select(number => new AuditEvent { Action = "test.many", Detail = AuditDetail.Of(("number", number)) })]);
        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/audit?action=test.&since=1d");

        using var file = await browser.GetAsync(page.QuerySelector("a[download]")!.GetAttribute("href")!);

        Assert.Equal("application/jsonl", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("audit.jsonl", file.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Contains("no-store", file.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var lines = (await file.TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(Enumerable.Range(0, 1500), lines.Select(line => line.GetProperty("detail").GetProperty("number").GetInt32()));
        var told = await stage.Gateway.OneAsync(AuditActions.AuditExported);
        Assert.Equal(("user:1", """{"since":"1d","action":"test."}"""), (told.Actor, told.Detail));
    }

    [Fact]
    public async Task Moment_ThatIsNone_ComesBackAsItWasTyped()
    {
        await using var stage = await StartAsync();
        using var browser = await stage.LogInAsAdministratorAsync();

        using var page = await browser.ReadAsync($"{AdministrationVisits.Page}/audit?since=yesterday&until=7d", HttpStatusCode.BadRequest);

        Assert.Equal(("yesterday", "7d"), (page.QuerySelector("#since")!.GetAttribute("value"), page.QuerySelector("#until")!.GetAttribute("value")));
        Assert.Equal(["since"], page.QuerySelectorAll("[aria-invalid=true]").Select(input => input.Id));
    }

    // Four changes by an operator; the administrator's login makes five.
    private static async Task<Stage> StartAsync()
    {
        var stage = await AdministrationVisits.StartAsync();
        foreach (var command in (string[][])[["add", "bob@example.org", "--id", "43"], ["roles", Stage.Email, "editor"], ["disable", Stage.Email], ["enable", Stage.Email]])
            Assert.Equal(0, (await stage.Gateway.RunCommandAsync(["users", .. command])).ExitCode);
        return stage;
    }

    private static Task<bool> AddAsync(Stage stage, params AuditEvent[] events) => stage.Gateway.InDatabaseAsync(async database =>
    {
        var now = stage.Gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var some in events.Chunk(500))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await database.InsertAsync([.. some.Select(what => what with { At = now })], TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        return true;
    });
}

[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class AuditPageTests : AuditPageStories;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class AuditPageOnPostgreSqlTests : AuditPageStories;
