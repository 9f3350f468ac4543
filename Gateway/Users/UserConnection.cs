using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Users;

/// <summary>Where the user database is: <c>ConnectionStrings:Users</c>.</summary>
internal static class UserConnection
{
    public const string Key = "ConnectionStrings:Users";

    private const string Default = "Data Source=gateway.db";

    // A login is to be answered within 5 s, whatever the database does.
    private const int SecondsToWaitForALock = 3;
    private const int SecondsToAnswer = 2;

    // Npgsql connects twice more, with TLS and without, to cancel what a frozen server does not answer.
    private const int SecondsToConnect = 1;
    private const int MillisecondsToCancel = 1000;

    public static void UseUserDatabase(this DbContextOptionsBuilder options, IConfiguration configuration, string contentRoot)
    {
        if (IsPostgreSql(configuration))
            options.UseNpgsql(PostgreSql(configuration));
        else
            options.UseSqlite(Sqlite(configuration, contentRoot));
    }

    /// <summary>Makes connections for statements past EF Core; closed yet.</summary>
    public static Func<DbConnection> Source(IConfiguration configuration, string contentRoot)
    {
        // Worked out once, and not for each of them.
        var text = IsPostgreSql(configuration) ? PostgreSql(configuration) : Sqlite(configuration, contentRoot);
        return IsPostgreSql(configuration) ? () => new NpgsqlConnection(text) : () => new SqliteConnection(text);
    }

    /// <summary>What is wrong with the configured value, or nothing. Reads no file and reaches no server.</summary>
    public static string? Fault(IConfiguration configuration, UserDatabaseProvider provider)
    {
        var value = configuration[Key];
        try
        {
            return provider switch
            {
                UserDatabaseProvider.PostgreSql when string.IsNullOrWhiteSpace(value) => "is needed when Gateway:Users:Provider is PostgreSql",
                UserDatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(value).Host is null ? "names no Host" : null,
                _ => SqliteFault(new SqliteConnectionStringBuilder(string.IsNullOrWhiteSpace(value) ? Default : value)),
            };
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsPostgreSql(IConfiguration configuration) =>
        configuration.GetValue<UserDatabaseProvider>($"{UsersSettings.Section}:Provider") == UserDatabaseProvider.PostgreSql;

    private static string? SqliteFault(SqliteConnectionStringBuilder builder) => builder switch
    {
        { DataSource: "" } => "names no Data Source",
        { DataSource: ":memory:" } or { Mode: SqliteOpenMode.Memory } => "must name a file: users in memory are gone at the next start",
        _ => null,
    };

    private static string Sqlite(IConfiguration configuration, string contentRoot)
    {
        var value = configuration[Key];
        var builder = new SqliteConnectionStringBuilder(string.IsNullOrWhiteSpace(value) ? Default : value);
        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        if (!builder.ShouldSerialize("Default Timeout"))
            builder.DefaultTimeout = SecondsToWaitForALock;
        return builder.ConnectionString;
    }

    private static string PostgreSql(IConfiguration configuration)
    {
        var builder = new NpgsqlConnectionStringBuilder(configuration[Key]);
        if (!builder.ShouldSerialize("Timeout"))
            builder.Timeout = SecondsToConnect;
        if (!builder.ShouldSerialize("Command Timeout"))
            builder.CommandTimeout = SecondsToAnswer;
        if (!builder.ShouldSerialize("Cancellation Timeout"))
            builder.CancellationTimeout = MillisecondsToCancel;
        return builder.ConnectionString;
    }
}
