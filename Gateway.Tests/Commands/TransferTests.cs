using System.Net;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Commands;

/// <summary>Import and export of users.</summary>
public sealed class TransferTests
{
    [Theory]
    [InlineData("users", "export")]
    [InlineData("users", "export", "--json")]
    public async Task Export_IntoAnotherDatabase_BringsTheUsersWithTheirPasswords(params string[] export)
    {
        using var folder = new TempFolder();
        await using var old = await TestGateway.StartAsync(new GatewaySettings());
        await old.AddUserAsync("ann@example.org", "a long pass phrase", "42", "Ann, née Öz", "editor");
        var exported = await old.RunCommandAsync(export);
        var file = folder.File("users");
        await File.WriteAllTextAsync(file, exported.Out, TestContext.Current.CancellationToken);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var imported = await GatewayProcess.RunAsync(gateway.Settings, null, "users", "import", file);
        var shown = await gateway.RunCommandAsync("users", "show", "ann@example.org");
        using var browser = gateway.NewBrowser();
        using var loggedIn = await browser.LoginJsonAsync("ann@example.org", "a long pass phrase");

        Assert.Equal("Added 1 users, updated 0, unchanged 0\n", imported.Out);
        Assert.Contains("id:       42\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("name:     Ann, née Öz\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("roles:    editor\n", shown.Out, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, loggedIn.StatusCode);
    }

    [Fact]
    public async Task Import_Again_UpdatesWhatTheFileHasAndLeavesTheRest()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync("ann@example.org", Stage.Password, "42", "Ann", "editor");

        var imported = await ImportAsync(gateway, "email,id,roles\nann.new@example.org,42,\"admin;author\"\n");
        var shown = await gateway.RunCommandAsync("users", "show", "ann.new@example.org");

        Assert.Equal("Added 0 users, updated 1, unchanged 0\n", imported.Out);
        Assert.Contains("name:     Ann\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("roles:    admin, author\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("password: set\n", shown.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,email\n1,ann@example.org\n2,nobody\n", "line 3: 'nobody' is not an e-mail address")]
    [InlineData("id,email\n1,ann@example.org\n1,bob@example.org\n", "line 3: the id 1 is on line 2 already")]
    [InlineData("id,email\n1,ann@example.org\n2,ANN@example.org\n", "line 3: ANN@example.org is on line 2 already")]
    [InlineData("id,email,hash\n1,ann@example.org,secret\n", "line 2: hash: it is none of the formats")]
    [InlineData("id,email,color\n1,ann@example.org,red\n", "line 1: the column 'color' is unknown")]
    [InlineData("id,name\n1,Ann\n", "line 1: there is no column email")]
    [InlineData("id,email,id\n1,ann@example.org,2\n", "line 1: a column is there twice")]
    [InlineData("{\"email\":\"ann@example.org\"}\n{\"email\":7}\n", "line 2: ")]
    [InlineData("{\"email\":\"ann@example.org\",\"roles\":[null]}\n", "line 1: roles: '' is not a role")]
    [InlineData("id,email\n1,\"a\u001b[2J\"\n", "line 2: 'a\ufffd[2J' is not an e-mail address")]
    [InlineData("{\"email\":\"ann@example.org\",\"color\":\"red\"}\n", "line 1: ")]
    public async Task Import_WithAFault_NamesTheLineAndImportsNothing(string file, string fault)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var imported = await ImportAsync(gateway, file);
        var listed = await gateway.RunCommandAsync("users", "list");

        Assert.Equal(1, imported.ExitCode);
        Assert.Contains(fault, imported.Error, StringComparison.Ordinal);
        Assert.Empty(listed.Out);
    }

    private static async Task<CommandResult> ImportAsync(TestGateway gateway, string content)
    {
        using var folder = new TempFolder();
        var file = folder.File("import");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return await gateway.RunCommandAsync("users", "import", file);
    }
}
