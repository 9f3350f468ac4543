using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(SharedPostgreSql))]

namespace Gateway.Tests.Hosting;

/// <summary>One PostgreSQL for all tests that don't stop, freeze or change it, started when the first of them asks for it.</summary>
public sealed class SharedPostgreSql : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly Lazy<Task<PostgreSqlServer>> Server = new(StartAsync);

    /// <summary>A database without a table, which goes with the folder.</summary>
    internal static async Task<string> NewEmptyAsync(TempFolder folder) => await (await Server.Value).NewDatabaseAsync(folder);

    /// <summary>The same with the tables of a user database and nobody in it.</summary>
    internal static async Task<string> NewAsync(TempFolder folder) => await (await Server.Value).NewDatabaseAsync(folder, Template);

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated && await Task.WhenAny(Server.Value) is { IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        var server = await PostgreSqlServer.StartNewAsync();
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        // Nobody may be connected to what is copied.
        var options = new DbContextOptionsBuilder<UserDatabase>().UseNpgsql(server.ConnectionString(Template) + ";Pooling=false");
        await using var database = new UserDatabase(options.Options, TimeProvider.System);
        await database.Database.MigrateAsync(CancellationToken.None);
        return server;
    }
}
