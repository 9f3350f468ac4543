using System.Globalization;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Audit;

/// <summary>What an operator does is in the trail, and the trail in the operator's hands.</summary>
public sealed class AuditCommandTests
{
    private const string Email = "ann@example.org";

    [Fact]
    public async Task Decisions_OfAnOperator_AreToldWithTheAccountThatTheyUsed()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);
        foreach (var command in (string[][])[
            ["users", "add", Email, "--id", "42", "--role", "editor"],
            ["users", "roles", Email, "admin"],
            ["users", "roles", Email],
            ["users", "disable", Email],
            ["users", "enable", Email],
            ["users", "set-password", Email],
            ["sessions", "revoke", Email],
            ["users", "remove", Email]])
        {
            Assert.Equal(0, (await GatewayProcess.RunAsync(settings, null, command)).ExitCode);
        }

        var refused = await GatewayProcess.RunAsync(settings, null, "users", "add", "nobody");
        var events = await ExportAsync(settings);

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            ["user.added", "user.roles", "user.disabled", "user.enabled", "user.password-set", "session.revoked", "user.removed"],
            events.Select(what => what.GetProperty("action").GetString()));
        Assert.All(events, what => Assert.Equal("operator", what.GetProperty("actor").GetString()));
        Assert.All(events, what => Assert.Equal("user:42", what.GetProperty("subject").GetString()));
        Assert.All(events, what => Assert.Equal(Environment.UserName, what.GetProperty("detail").GetProperty("as").GetString()));
        Assert.Equal("""["editor"] ["admin"]""", $"{events[1].GetProperty("detail").GetProperty("from")} {events[1].GetProperty("detail").GetProperty("to")}");
    }

    [Fact]
    public async Task Decision_ThatFails_LeavesNoEvent()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);
        await GatewayProcess.RunAsync(settings, null, "users", "add", Email, "--id", "42");

        var refused = await GatewayProcess.RunAsync(settings, "short", "users", "set-password", Email, "--password-stdin");

        Assert.Equal(1, refused.ExitCode);
        Assert.Single(await ExportAsync(settings));
    }

    [Fact]
    public async Task List_FindsByUserActionTimeAndText()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync(Email, "a long pass phrase", "42");
        var now = DateTimeOffset.UtcNow;
        await gateway.InDatabaseAsync(database => AddAsync(
            database,
            new AuditEvent { Action = "login.succeeded", Subject = "user:42", Actor = "user:42", At = now.AddDays(-2), Address = "203.0.113.7" },
            new AuditEvent { Action = "user.disabled", Subject = "user:42", Actor = "user:1", At = now.AddHours(-2) },
            new AuditEvent { Action = "login.refused", Subject = "user:420", At = now.AddMinutes(-1) },
            new AuditEvent { Action = "login_refused", Subject = "user:43", At = now }));

        Assert.Equal("1 2 3 4", await ListAsync(gateway));
        Assert.Equal("3 4", await ListAsync(gateway, "--limit", "2"));
        Assert.Equal("1 2", await ListAsync(gateway, "--user", Email));
        Assert.Equal("1 2", await ListAsync(gateway, "--user", "42"));
        Assert.Equal("2", await ListAsync(gateway, "--user", "1"));
        Assert.Equal("1 3", await ListAsync(gateway, "--action", "login."));
        Assert.Equal("2 3 4", await ListAsync(gateway, "--since", "24h"));
        Assert.Equal("2 3 4", await ListAsync(gateway, "--since", now.AddDays(-1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
        Assert.Equal("1 2", await ListAsync(gateway, "--until", "1h"));
        Assert.Equal("", await ListAsync(gateway, "--until", "2001-01-31"));
        Assert.Equal("1", await ListAsync(gateway, "--text", "113.7"));
    }

    [Fact]
    public async Task List_ForPeople_IsALineOfTabs()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);
        await GatewayProcess.RunAsync(settings, null, "users", "add", Email, "--id", "42");

        var listed = await GatewayProcess.RunAsync(settings, null, "audit", "list");

        Assert.Matches(@"^1\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\tuser\.added\toperator\tuser:42\t-\t\{.*\}\n$", listed.Out);
    }

    [Theory]
    [InlineData("--since", "yesterday")]
    [InlineData("--limit", "0")]
    public async Task List_WithWhatItCantMean_IsWrongUsage(string option, string value)
    {
        using var folder = new TempFolder();

        var refused = await GatewayProcess.RunAsync(await new GatewaySettings().DefaultsInAsync(folder), null, "audit", "list", option, value);

        Assert.Equal(2, refused.ExitCode);
        Assert.NotEmpty(refused.Error);
    }

    [Fact]
    public async Task Export_OfMoreThanAPage_HasEveryEventOnce()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.InDatabaseAsync(database => AddAsync(
            database, [.. Enumerable.Range(0, 2500).Select(number => new AuditEvent { Action = $"test.{number}", At = DateTimeOffset.UtcNow })]));

        var events = await ExportAsync(gateway.Settings);

        Assert.Equal(Enumerable.Range(0, 2500).Select(number => $"test.{number}"), events.Select(what => what.GetProperty("action").GetString()));
    }

    private static async Task<string> ListAsync(TestGateway gateway, params string[] options)
    {
        var listed = await GatewayProcess.RunAsync(gateway.Settings, null, ["audit", "list", "--json", .. options]);
        Assert.Equal("", listed.Error);
        return string.Join(' ', Lines(listed.Out).Select(what => what.GetProperty("id").GetInt64()));
    }

    private static async Task<IReadOnlyList<JsonElement>> ExportAsync(GatewaySettings settings) =>
        Lines((await GatewayProcess.RunAsync(settings, null, "audit", "export")).Out);

    private static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static async Task<int> AddAsync(UserDatabase database, params AuditEvent[] events)
    {
        await database.InsertAsync(events, TestContext.Current.CancellationToken);
        return await database.Set<AuditEvent>().CountAsync(TestContext.Current.CancellationToken);
    }
}
