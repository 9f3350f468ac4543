using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Gateway.Users;

/// <summary>
/// Lets the writers of this process into a SQLite database one after the other. SQLite has one writer at a time, and who waits for
/// one of another process holds a thread meanwhile: a dozen logins would hold all of those that forward requests.
/// </summary>
internal sealed class WriteTurns : IDisposable
{
    // Together with the wait for another process it stays under the 5 s within which a login is answered.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim door = new(1);

    /// <summary>Writes all of it, or nothing.</summary>
    /// <exception cref="DatabaseBusyException">Others wait for the database already.</exception>
    public async Task WriteAsync(UserDatabase database, Func<Task> write, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(database, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await write();
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// The same for who can wait: gives up at once while another process writes, so that nobody whose turn comes next has waited in
    /// vain. Only for statements; what is tracked is saved in a transaction of its own.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">Others write at this moment.</exception>
    public async Task WriteIfFreeAsync(UserDatabase database, Func<Task> write, CancellationToken cancellationToken)
    {
        if (!database.Database.IsSqlite())
        {
            await WriteAsync(database, write, cancellationToken);
            return;
        }

        using var turn = await EnterAsync(database, cancellationToken);
        await database.Database.OpenConnectionAsync(cancellationToken);
        var isBegun = false;
        try
        {
            // Not by the provider, which asks again for seconds, in a thread that it holds.
            Execute(database, "BEGIN IMMEDIATE");
            isBegun = true;
            await write();
            Execute(database, "COMMIT");
            isBegun = false;
        }
        finally
        {
            if (isBegun)
                Execute(database, "ROLLBACK", mayFail: true);
            await database.Database.CloseConnectionAsync();
        }
    }

    /// <summary>For a single statement; to be disposed when it is done.</summary>
    /// <exception cref="DatabaseBusyException">Others wait for the database already.</exception>
    public async Task<IDisposable?> EnterAsync(UserDatabase database, CancellationToken cancellationToken)
    {
        if (!database.Database.IsSqlite())
            return null;
        if (!await door.WaitAsync(Patience, cancellationToken))
            throw new DatabaseBusyException();
        return new Turn(door);
    }

    public void Dispose() => door.Dispose();

    private static void Execute(UserDatabase database, string statement, bool mayFail = false)
    {
        var connection = ((SqliteConnection)database.Database.GetDbConnection()).Handle!;
        var outcome = raw.sqlite3_exec(connection, statement);
        if (!mayFail)
            SqliteException.ThrowExceptionForRC(outcome, connection);
    }

    private sealed class Turn(SemaphoreSlim door) : IDisposable
    {
        public void Dispose() => door.Release();
    }
}
