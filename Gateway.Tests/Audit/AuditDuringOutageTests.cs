using System.Data.Common;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Tests.Operations.Management;
using Gateway.Users;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gateway.Tests.Audit;

/// <summary>The trail never stands in a visitor's way, and says so when it has a gap.</summary>
public sealed class AuditDuringOutageTests(SharedRedis redis)
{
    [Fact]
    public async Task Login_WhileTheDatabaseIsLocked_SucceedsAndIsToldLater()
    {
        await using var stage = await Stage.StartAsync(redis.NewKeys());
        await using var connection = await LockAsync(stage.Gateway);

        using var browser = await stage.LogInAsync();

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("AuditWaits").Count == 1);
        Assert.Empty(await stage.Gateway.AuditAsync());
        await connection.DisposeAsync();
        Assert.Equal("user:42", (await stage.Gateway.OneAsync(AuditActions.LoginSucceeded)).Subject);
        Assert.Single(stage.Gateway.Logs.Of("AuditWritesAgain"));
    }

    [Fact]
    public async Task Events_BeyondTheBound_AreCountedInTheMetricsTheLogAndTheTrail()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        var trail = stage.Gateway.Services.GetRequiredService<Gateway.Audit.AuditTrail>();
        await using var connection = await LockAsync(stage.Gateway);
        trail.Note(new AuditEvent { Action = "test.noted" });
        // A batch of them is in the hands of the writer, and so there is no room left in line when it has written that.
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("AuditWaits").Count == 1, TimeSpan.FromMinutes(1));
        for (var number = 0; number < Gateway.Audit.AuditTrail.Capacity + 999; number++)
            trail.Note(new AuditEvent { Action = "test.noted" });

        var dropped = (await stage.Gateway.MetricsAsync()).Samples["gateway_audit_dropped_total"];
        await connection.DisposeAsync();

        Assert.Equal(999, dropped);
        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync(AuditActions.EventsLost)).Sum(CountOf) == dropped, TimeSpan.FromMinutes(2));
        Assert.Equal((await stage.Gateway.AuditAsync(AuditActions.EventsLost)).Count, stage.Gateway.Logs.Of("AuditLost").Count);
    }

    [Fact]
    public async Task Events_OfAGatewayThatEnds_AreWrittenFirst()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySettings());
        await using var other = await TestGateway.StartAsync(gateway.Settings);
        using var browser = gateway.NewBrowser();
        await using var connection = await LockAsync(other);
        using var refused = await browser.LoginJsonAsync("nobody@example.org", "a wrong pass phrase");
        await Eventually.TrueAsync(() => gateway.Output.Contains("waits in memory", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        await connection.DisposeAsync();
        Assert.Equal(0, await gateway.StopAsync());

        Assert.Single(await other.AuditAsync(AuditActions.LoginRefused));
    }

    private static int CountOf(AuditEvent lost)
    {
        using var detail = JsonDocument.Parse(lost.Detail!);
        return detail.RootElement.GetProperty("count").GetInt32();
    }

    // Nobody else writes into the trail as long as the connection is open; who reads is not held up.
    private static async Task<DbConnection> LockAsync(TestGateway gateway)
    {
        var database = gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false";
        var isPostgreSql = UsersOnAttribute.OfThisTest is UserDatabaseProvider.PostgreSql;
        DbConnection connection = isPostgreSql ? new NpgsqlConnection(database) : new SqliteConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = isPostgreSql ? """BEGIN; LOCK TABLE "AuditEvents" IN SHARE MODE""" : "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
