using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Data.Sqlite;

namespace Gateway.Tests.Commands;

/// <summary>An operator is told in one line what is wrong with the user database.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class WithoutDatabaseTests
{
    [Fact]
    public async Task Add_WhileTheDatabaseIsLocked_SaysSo()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await using var other = await OpenAsync(gateway.Settings);
        await using var writing = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var added = await GatewayProcess.RunAsync(gateway.Settings, null, "users", "add", "ann@example.org");

        AssertTold(added, "locked");
    }

    [Theory]
    [InlineData("users", "list")]
    [InlineData("serve")]
    public async Task AnyCommand_WithADamagedDatabase_SaysSo(params string[] command)
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);
        await File.WriteAllTextAsync(folder.File("gateway.db"), new string('x', 8192), TestContext.Current.CancellationToken);

        AssertTold(await GatewayProcess.RunAsync(settings, null, command), "not a database");
    }

    [Fact]
    public async Task AnyCommand_WhereNoFileCanBe_SaysSo()
    {
        using var folder = new TempFolder();
        var settings = await new GatewaySettings().DefaultsInAsync(folder);

        AssertTold(await GatewayProcess.RunAsync(settings.With("ConnectionStrings:Users", $"Data Source={folder.Path}"), null, "users", "list"), "");
    }

    [Fact]
    public async Task AnyCommand_WithoutAServerOfThatName_SaysSo()
    {
        var settings = new GatewaySettings()
            .With("Gateway:Users:Provider", "PostgreSql")
            .With("ConnectionStrings:Users", "Host=nowhere.invalid;Database=users;Username=gateway");

        AssertTold(await GatewayProcess.RunAsync(settings, null, "users", "list"), "");
    }

    private static void AssertTold(CommandResult result, string reason)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("ConnectionStrings:Users: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static async Task<SqliteConnection> OpenAsync(GatewaySettings settings)
    {
        var connection = new SqliteConnection(settings.Values["ConnectionStrings:Users"] + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
