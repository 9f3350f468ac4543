using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Users.Faults;

/// <summary>A visitor with a session doesn't notice what happens to the user database; a login is asked to come again.</summary>
[UsersOn(UserDatabaseProvider.Sqlite)]
public sealed class SqliteFaultTests(SharedRedis redis)
{
    private readonly SqlitePragma pragma = new();

    [Theory]
    [InlineData("locked")]
    [InlineData("full")]
    [InlineData("read-only")]
    [InlineData("damaged")]
    [MemberData(nameof(WithADisk))]
    public async Task Login_IsAskedToComeAgain_AndNobodyElseNotices(string name)
    {
        var keys = redis.NewKeys();
        using var disk = name == "disk-full" ? SmallDisk.New() : null;
        await using var stage = await Stage.StartAsync(
            keys,
            settings => disk is null ? settings : settings.With("ConnectionStrings:Users", $"Data Source={disk.File("gateway.db")}"),
            services: services => services.ConfigureDbContext<UserDatabase>(options => options.AddInterceptors(pragma)));

        await new FaultStory(stage, keys, Fault(name, disk)).RunAsync();
    }

    // By a file system of its own where one can be mounted; a limit that needs no root is in FullDiskTests.
    public static TheoryData<string> WithADisk => SmallDisk.IsPossible ? ["disk-full"] : [];

    private StagedFault Fault(string name, SmallDisk? disk) => name switch
    {
        "locked" => Locked(),
        "full" => new(Reads: true, FillAsync, _ => Say(SqlitePragma.None)),
        "disk-full" => new(Reads: true, _ => disk!.FillAsync(), _ => disk!.ClearAsync()),
        "read-only" => new(Reads: true, _ => Say(SqlitePragma.ReadOnly), _ => Say(SqlitePragma.None)),
        _ => Damaged(),
    };

    private static StagedFault Locked()
    {
        SqliteConnection? other = null;
        return new(
            Reads: true,
            async stage =>
            {
                other = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false");
                await other.OpenAsync(TestContext.Current.CancellationToken);
                await ExecuteAsync(other, "BEGIN EXCLUSIVE");
            },
            async _ => await other!.DisposeAsync());
    }

    // Until no page has room for one more row like those that a login writes.
    private async Task FillAsync(Stage stage)
    {
        await using (var connection = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"] + ";Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync(connection, SqlitePragma.Full);
            for (var failures = 0; failures < 200;)
                failures = await IsFullAsync(connection) ? failures + 1 : 0;
        }

        await Say(SqlitePragma.Full);
    }

    private static async Task<bool> IsFullAsync(SqliteConnection connection)
    {
        try
        {
            await ExecuteAsync(
                connection,
                $"""
                INSERT INTO RememberedBrowsers (Id, UserId, SecretHash, Stamp, CreatedAt, ExpiresAt)
                VALUES (substr(hex(randomblob(11)), 1, 22), '{Stage.UserId}', x'00', '', 0, 9999999999999)
                """);
            return false;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 13)
        {
            return true;
        }
    }

    private static StagedFault Damaged()
    {
        byte[] whole = [];
        return new(
            Reads: false,
            async stage =>
            {
                await using var connection = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"]);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
                whole = await File.ReadAllBytesAsync(connection.DataSource, TestContext.Current.CancellationToken);
                await WriteAsync(connection, [.. Enumerable.Repeat((byte)0x55, whole.Length)]);
            },
            async stage =>
            {
                await using var connection = new SqliteConnection(stage.Gateway.Settings.Values["ConnectionStrings:Users"]);
                await WriteAsync(connection, whole);
            });
    }

    // In place, and with nobody left who knows the pages by heart.
    private static async Task WriteAsync(SqliteConnection connection, byte[] content)
    {
        SqliteConnection.ClearAllPools();
        await using var file = new FileStream(connection.DataSource, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await file.WriteAsync(content, TestContext.Current.CancellationToken);
    }

    private Task Say(string text)
    {
        pragma.Text = text;
        return Task.CompletedTask;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
