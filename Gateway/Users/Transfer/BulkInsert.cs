using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.Users.Transfer;

/// <summary>
/// Inserts new rows, many with a statement, so that a writer of another process waits for seconds at most. It leaves no line in
/// the change log: nobody who is new has a session.
/// </summary>
internal static class BulkInsert
{
    // PostgreSQL takes 65,535 at most, and each statement is a way to it and back.
    private const int Parameters = 8_000;

    // There is no way to go, and SQLite finds each parameter by looking at all of them.
    private const int SqliteParameters = 200;

    /// <param name="done">Told how many rows were inserted, again and again.</param>
    public static async Task BulkInsertAsync<T>(this UserDatabase database, IReadOnlyList<T> rows, Action<int> done, CancellationToken cancellationToken)
        where T : class
    {
        var columns = database.Model.FindEntityType(typeof(T))!.GetProperties().ToList();
        var parameters = database.Database.IsSqlite() ? SqliteParameters : Parameters;
        foreach (var batch in rows.Chunk(Math.Max(1, parameters / columns.Count)))
        {
            await using var command = Command(database, columns, batch);
            await command.ExecuteNonQueryAsync(cancellationToken);
            done(batch.Length);
        }
    }

    private static DbCommand Command<T>(UserDatabase database, List<IProperty> columns, T[] rows)
        where T : class
    {
        var command = database.Database.GetDbConnection().CreateCommand();
        command.Transaction = database.Database.CurrentTransaction?.GetDbTransaction();
        var table = database.Model.FindEntityType(typeof(T))!.GetTableName();
        var text = new StringBuilder($"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""))}) VALUES ");
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? "(" : "), (");
            for (var column = 0; column < columns.Count; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * columns.Count) + column}");
                text.Append(column == 0 ? "" : ", ").Append(name);
                var value = columns[column].GetGetter().GetClrValue(rows[row]);
                command.Parameters.Add(columns[column].GetRelationalTypeMapping().CreateParameter(command, name, value, columns[column].IsNullable));
            }
        }

        command.CommandText = text.Append(')').ToString();
        return command;
    }
}
