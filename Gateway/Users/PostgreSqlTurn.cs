using System.Data.Common;

namespace Gateway.Users;

/// <summary>
/// One gateway's turn to migrate a PostgreSQL. EF Core's own lock ends with each of its transactions, and between two migrations another
/// gateway would begin with what this one still has before it.
/// </summary>
internal sealed class PostgreSqlTurn : IAsyncDisposable
{
    // "gateway", in a space of numbers that whoever uses the database shares.
    private const long Lock = 0x67617465776179;

    private readonly DbConnection connection;

    private PostgreSqlTurn(DbConnection connection) => this.connection = connection;

    /// <summary>Waits until no other gateway has it, and gives it back when it is disposed, or this process ends.</summary>
    /// <param name="connection">Closed yet; from now on the turn's.</param>
    /// <exception cref="DbException">Not within <paramref name="patience"/>, or there is no connection.</exception>
    public static async Task<PostgreSqlTurn> TakeAsync(DbConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        var turn = new PostgreSqlTurn(connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            // Of a transaction, and not of the connection, which a pooler may give to somebody else.
            await connection.BeginTransactionAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_advisory_xact_lock({Lock})";
            command.CommandTimeout = (int)patience.TotalSeconds;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
