using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Tests.Hosting;

/// <summary>
/// Says something to SQLite on every connection that a gateway opens: a full disk and a read-only file, made by SQLite itself, for
/// tests that may neither mount a file system nor stop being root.
/// </summary>
internal sealed class SqlitePragma : DbConnectionInterceptor
{
    /// <summary>No file may grow beyond what it has.</summary>
    public const string Full = "PRAGMA max_page_count=1";

    public const string ReadOnly = "PRAGMA query_only=ON";

    public const string None = "PRAGMA max_page_count=1000000; PRAGMA query_only=OFF";

    public string Text { get; set; } = None;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Say(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Say(connection);
        return Task.CompletedTask;
    }

    private void Say(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }
}
