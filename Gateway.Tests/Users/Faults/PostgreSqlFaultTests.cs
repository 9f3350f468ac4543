using Gateway.Tests.Hosting;
using Npgsql;

namespace Gateway.Tests.Users.Faults;

/// <summary>The same with the user database on PostgreSQL; all stories are told to one server, which is well again after each.</summary>
public sealed class PostgreSqlFaultTests(SharedRedis redis)
{
    [Fact]
    public async Task Login_IsAskedToComeAgain_AndNobodyElseNotices()
    {
        await using var server = await PostgreSqlServer.StartNewAsync();
        using var folder = new TempFolder();
        foreach (var fault in new[] { Stopped(server), Frozen(server), ReadOnly(server), Locked(server), Closed(server) })
        {
            var keys = redis.NewKeys();
            var database = await server.NewDatabaseAsync(folder);
            await using var stage = await Stage.StartAsync(
                keys, settings => settings.With("ConnectionStrings:Users", database).With("Gateway:Users:Provider", "PostgreSql"));
            await new FaultStory(stage, keys, fault).RunAsync();
        }
    }

    private static StagedFault Stopped(PostgreSqlServer server) => new(Reads: false, _ => server.StopAsync(), _ => server.StartAsync());

    private static StagedFault Frozen(PostgreSqlServer server) => new(Reads: false, _ => server.FreezeAsync(), _ => server.ThawAsync());

    private static StagedFault ReadOnly(PostgreSqlServer server) => new(
        Reads: true, stage => DecideAsync(server, stage, "SET default_transaction_read_only = on"), stage => DecideAsync(server, stage, "RESET default_transaction_read_only"));

    // As it is when there are more connections than it allows.
    private static StagedFault Closed(PostgreSqlServer server) => new(
        Reads: false, stage => DecideAsync(server, stage, "ALLOW_CONNECTIONS false"), stage => DecideAsync(server, stage, "ALLOW_CONNECTIONS true"));

    private static StagedFault Locked(PostgreSqlServer server)
    {
        NpgsqlConnection? other = null;
        return new(
            Reads: false,
            async stage =>
            {
                other = new NpgsqlConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false");
                await other.OpenAsync(TestContext.Current.CancellationToken);
                await using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "Users" IN ACCESS EXCLUSIVE MODE""", other);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            },
            async _ => await other!.DisposeAsync());
    }

    // Holds for new connections; so there are no old ones.
    private static async Task DecideAsync(PostgreSqlServer server, Stage stage, string decision)
    {
        var name = new NpgsqlConnectionStringBuilder(stage.Gateway.Settings.Values["ConnectionStrings:Users"]).Database;
        await server.ExecuteAsync($"ALTER DATABASE {name} {decision}");
        NpgsqlConnection.ClearAllPools();
    }
}
