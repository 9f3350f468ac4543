using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Gateway.Users;

/// <summary>
/// One SELECT by one value, asked by so many at once that it goes past EF Core, whose work for it is most of what it costs
/// (<c>deploy/bench/storm</c>). With SQLite a few connections stay open, on which it is compiled already.
/// </summary>
/// <param name="connect">Makes a connection to the user database, closed yet.</param>
/// <param name="sql">Names its value <c>@value</c>, and quotes names of tables and columns.</param>
internal sealed class PreparedQuery(Func<DbConnection> connect, string sql) : IDisposable
{
    // About as many as threads ask at once.
    private static readonly int MostIdle = 2 * Environment.ProcessorCount;

    private readonly ConcurrentBag<DbCommand> idle = [];

    /// <exception cref="Exception">A <see cref="DatabaseFault"/>: it could not be asked.</exception>
    public async Task<List<T>> AskAsync<T>(string value, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        if (!idle.TryTake(out var command))
            command = Build();
        var isWell = false;
        try
        {
            if (command.Connection!.State is ConnectionState.Closed)
                await command.Connection.OpenAsync(cancellationToken);
            command.Parameters[0].Value = value;
            var rows = new List<T>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                    rows.Add(read(reader));
            }

            isWell = true;
            return rows;
        }
        finally
        {
            if (isWell && command is SqliteCommand && idle.Count < MostIdle)
                idle.Add(command);
            else
                await CloseAsync(command);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var command))
        {
            using (command.Connection)
                command.Dispose();
        }
    }

    private DbCommand Build()
    {
        var command = connect().CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType) = ("@value", DbType.String);
        command.Parameters.Add(parameter);
        return command;
    }

    private static async Task CloseAsync(DbCommand command)
    {
        await using (command.Connection)
            await command.DisposeAsync();
    }
}
