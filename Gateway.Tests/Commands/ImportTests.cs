using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Commands;

/// <summary><c>users import</c>, as operators run it.</summary>
public sealed class ImportTests
{
    private const string Bcrypt = "$2y$04$TYh.xQFErU/h6ET07cxYdeZu5nOJDtiDNI9wUON/s/olPrYyZA3RC";
    private const string Phpass = "$P$6X3NxpToPw3dbM5296qvrVIi51M7Wr/";
    private const string OldPassword = "pässwörd €5";

    [Fact]
    public async Task DryRun_CountsFormatsAndRefusedLinesAndChangesNothing()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync("ann@example.org", Stage.Password, "1");
        var file = $"id,email,hash\n1,ann@example.org,\n2,bob@example.org,{Bcrypt}\n3,cid@example.org,{Phpass}\n4,dee@example.org,{Phpass}\n";

        var dry = await ImportAsync(gateway, file, "--dry-run");
        var refused = await ImportAsync(gateway, file + "5,eve@example.org,secret\n", "--dry-run");
        var listed = await gateway.RunCommandAsync("users", "list");

        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("Would add 3 users, update 0, leave 1 unchanged; 0 lines are refused\n", dry.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^  bcrypt +1$", dry.Out);
        Assert.Matches("(?m)^  phpass +2$", dry.Out);
        Assert.Matches("(?m)^  no password +1$", dry.Out);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("1 lines are refused\n", refused.Out, StringComparison.Ordinal);
        Assert.Contains("line 6: hash: it is none of the formats", refused.Error, StringComparison.Ordinal);
        Assert.Equal("ann@example.org\t1\t-\tenabled\n", listed.Out);
    }

    [Fact]
    public async Task Json_TellsTheOutcomeToPrograms()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var imported = await ImportAsync(gateway, $"email,hash\nann@example.org,{Bcrypt}\n", "--json");
        var refused = await ImportAsync(gateway, "email,hash\nnew@example.org,\nbob@example.org,$2y$\n", "--json");

        var outcome = JsonDocument.Parse(imported.Out).RootElement;
        Assert.Equal(1, outcome.GetProperty("added").GetInt32());
        Assert.Equal(1, outcome.GetProperty("formats").GetProperty("bcrypt").GetInt32());
        var told = JsonDocument.Parse(refused.Out).RootElement;
        Assert.Equal(0, told.GetProperty("added").GetInt32());
        var fault = told.GetProperty("faults")[0];
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(3, fault.GetProperty("line").GetInt32());
        Assert.Contains("bcrypt", fault.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_AreListedAllOfThemUpToTwoHundred()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        var rows = string.Concat(Enumerable.Range(0, 250).Select(number => $"{number},nobody\n"));

        var imported = await ImportAsync(gateway, "id,email\n0,\"ann\"@example.org\n1,ann@example.org,more\n\n" + rows);

        Assert.Equal(1, imported.ExitCode);
        Assert.Contains("line 2: a quote is at a wrong place", imported.Error, StringComparison.Ordinal);
        Assert.Contains("line 3: it has not as many fields as the header", imported.Error, StringComparison.Ordinal);
        Assert.Contains("line 5: 'nobody' is not an e-mail address", imported.Error, StringComparison.Ordinal);
        Assert.EndsWith("and 52 more\nNothing was imported.\n", imported.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFhash,roles,name,email,id\r\n\r\n" + Bcrypt + ",\"editor, author\",\"Ann \"\"née\"\" Öz\",ann@example.org,42\r\n\r\n")]
    [InlineData("\n\n{\"id\":42,\"email\":\"ann@example.org\",\"name\":\"Ann \\\"née\\\" Öz\",\"roles\":[\"author\",\"editor\"],\"hash\":\"" + Bcrypt + "\"}\r\n\n  \n")]
    public async Task File_WithEverythingThatProgramsWrite_IsRead(string content)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var imported = await ImportAsync(gateway, content);
        var shown = await gateway.RunCommandAsync("users", "show", "ann@example.org");

        Assert.Equal("Added 1 users, updated 0, unchanged 0\n", imported.Out);
        Assert.Contains("id:       42\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("name:     Ann \"née\" Öz\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("roles:    author, editor\n", shown.Out, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "ann@example.org", OldPassword));
    }

    [Fact]
    public async Task File_InAnotherEncoding_IsRefusedByItsLines()
    {
        using var folder = new TempFolder();
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        var file = folder.File("latin1.csv");
        await File.WriteAllTextAsync(file, "id,email,name\n1,ann@example.org,Ann\n2,bob@example.org,Böb\n", Encoding.Latin1, TestContext.Current.CancellationToken);

        var imported = await gateway.RunCommandAsync("users", "import", file);

        Assert.StartsWith("line 3: it is not in UTF-8", imported.Error, StringComparison.Ordinal);
    }

    // A password that was entered here is newer than what the old system knows; a legacy hash is from an earlier import.
    [Fact]
    public async Task Import_Again_KeepsPasswordsUnlessItIsToldOtherwise()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync("here@example.org", "a pass phrase set here");
        var none = "email,hash\nused@example.org,\nunused@example.org,\nhere@example.org,\n";
        await ImportAsync(gateway, none);
        var first = await ImportAsync(gateway, none.Replace(",\n", $",{Bcrypt}\n", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "used@example.org", OldPassword));
        // Everybody has another password there now: secret, with md5crypt.
        var changed = none.Replace(",\n", ",$1$saltsalt$9xy1btjgzLYfb7hivXtC//\n", StringComparison.Ordinal);

        var second = await ImportAsync(gateway, changed);
        var third = await ImportAsync(gateway, changed);

        Assert.Equal("Added 0 users, updated 2, unchanged 1\n", first.Out);
        Assert.Equal("Added 0 users, updated 1, unchanged 2\n", second.Out);
        Assert.Equal("Added 0 users, updated 0, unchanged 3\n", third.Out);
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "used@example.org", OldPassword));
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "here@example.org", "a pass phrase set here"));
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "unused@example.org", "secret"));
        var forced = await ImportAsync(gateway, changed, "--passwords");
        Assert.Equal("Added 0 users, updated 3, unchanged 0\n", forced.Out);
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "here@example.org", "secret"));
    }

    [Fact]
    public Task ManyUsers_AreAddedAndUpdated() => AddAndUpdateAsync();

    [Fact]
    public async Task Import_OnATerminal_ShowsHowFarItIs()
    {
        Assert.SkipWhen(Executable.Find("script") is null, "no script on this machine");
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);
        var file = folder.File("import");
        await File.WriteAllTextAsync(file, "email\n" + string.Concat(Enumerable.Range(0, 500).Select(number => $"user{number}@example.org\n")), TestContext.Current.CancellationToken);
        var info = new ProcessStartInfo("script", ["-qec", $"dotnet {typeof(Program).Assembly.Location} users import {file}", "/dev/null"]) { WorkingDirectory = folder.Path };
        await File.WriteAllTextAsync(folder.File("appsettings.json"), "{}", TestContext.Current.CancellationToken);
        foreach (var (key, value) in settings.Values)
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        await using var terminal = ChildProcess.Start(info);

        Assert.Equal(0, await terminal.ExitAsync());
        Assert.Contains("Checking [####", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Writing  [########################################] 100 %", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Added 500 users", terminal.Output, StringComparison.Ordinal);
    }

    /// <summary>A thousand users, and then one of them again with another role.</summary>
    internal static async Task AddAndUpdateAsync()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        var rows = string.Concat(Enumerable.Range(0, 1000).Select(number => $"user{number}@example.org,Number {number},{(number % 2 == 0 ? "even;any" : "any")},{Bcrypt}\n"));

        var first = await ImportAsync(gateway, "email,name,roles,hash\n" + rows);
        var second = await ImportAsync(gateway, "email,name,roles,hash\n" + rows.Replace("Number 7,any", "Number 7,even", StringComparison.Ordinal));
        var roles = await gateway.RunCommandAsync("users", "roles", "user7@example.org");

        Assert.Equal("Added 1000 users, updated 0, unchanged 0\n", first.Out);
        Assert.Equal("Added 0 users, updated 1, unchanged 999\n", second.Out);
        Assert.Equal("even\n", roles.Out);
        Assert.Equal(2, await gateway.InDatabaseAsync(database => database.Set<AuditEvent>().CountAsync(
            what => what.Action == AuditActions.UsersImported && what.Actor == AuditParty.Operator, TestContext.Current.CancellationToken)));
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(gateway, "user998@example.org", OldPassword));
    }

    private static async Task<HttpStatusCode> LogInAsync(TestGateway gateway, string email, string password)
    {
        using var browser = gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(email, password);
        return answer.StatusCode;
    }

    private static async Task<CommandResult> ImportAsync(TestGateway gateway, string content, params string[] options)
    {
        using var folder = new TempFolder();
        var file = folder.File("import");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return await gateway.RunCommandAsync(["users", "import", file, .. options]);
    }
}
