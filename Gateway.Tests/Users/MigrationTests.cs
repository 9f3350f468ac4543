using System.Data.Common;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Users;

/// <summary>Migrations are written by hand; here they are compared with the model that they must amount to.</summary>
public sealed class MigrationTests
{
    // The tables, then every column and index; the migrations' own tables are not part of the model.
    private const string SqliteSchema = """
        SELECT m.name || '.' || p.name || ' ' || p.type || ' ' || p."notnull" || ' ' || p.pk FROM sqlite_master m, pragma_table_info(m.name) p
            WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL
        SELECT m.tbl_name || ' index ' || l.name || ' ' || l."unique" || ' ' || i.seqno || ' ' || i.name
            FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL
        SELECT m.name || '.' || f."from" || ' references ' || f."table" || '.' || f."to" || ' ' || f.on_delete
            FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        UNION ALL
        SELECT name || ' counts' FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'
        """;

    private const string PostgreSqlSchema = """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, is_identity, identity_generation)
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT concat_ws(' ', c.conname, c.contype, pg_get_constraintdef(c.oid)) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            WHERE c.connamespace = 'public'::regnamespace AND t.relname NOT LIKE '\_\_EF%'
        """;

    [Fact]
    public async Task Migrations_OnSqlite_AmountToTheModel()
    {
        using var folder = new TempFolder();
        await using var migrated = await TestGateway.StartAsync(new GatewaySettings().With("ConnectionStrings:Users", $"Data Source={folder.File("gateway.db")}"));
        var options = new DbContextOptionsBuilder<UserDatabase>().UseSqlite($"Data Source={folder.File("model.db")};Pooling=false").Options;
        await using var model = new UserDatabase(options, TimeProvider.System);
        await model.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);

        var expected = await SchemaAsync(model, SqliteSchema);

        Assert.Contains("Users.Id TEXT 1 1", expected);
        Assert.Equal(expected, await migrated.InDatabaseAsync(database => SchemaAsync(database, SqliteSchema)));
    }

    [Fact]
    public async Task Migrations_OnPostgreSql_AmountToTheModelAndServeLogins()
    {
        using var folder = new TempFolder();
        var options = new DbContextOptionsBuilder<UserDatabase>().UseNpgsql(await SharedPostgreSql.NewEmptyAsync(folder)).Options;
        await using var model = new UserDatabase(options, TimeProvider.System);
        await model.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var database = await SharedPostgreSql.NewEmptyAsync(folder);

        await using var stage = await Stage.StartAsync(keys: null, settings => settings
            .With("Gateway:Users:Provider", "PostgreSql")
            .With("ConnectionStrings:Users", database));

        var expected = await SchemaAsync(model, PostgreSqlSchema);
        Assert.Contains("Users Id character varying 128 NO NO", expected);
        Assert.Equal(expected, await stage.Gateway.InDatabaseAsync(migrated => SchemaAsync(migrated, PostgreSqlSchema)));
        await AssertLoginsAndChangesWorkAsync(stage);
    }

    private static async Task AssertLoginsAndChangesWorkAsync(Stage stage)
    {
        using var browser = await stage.LogInAsync(remember: true);
        browser.Close();
        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetDisabledAsync(user, disabled: true));
        await Eventually.TrueAsync(async () => await browser.UserAtAsync() is null, TimeSpan.FromSeconds(10));
    }

    private static async Task<List<string>> SchemaAsync(UserDatabase database, string query)
    {
        await database.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using DbCommand command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = query;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            lines.Add(reader.GetString(0));
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
