using Microsoft.EntityFrameworkCore;

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

    private sealed class Turn(SemaphoreSlim door) : IDisposable
    {
        public void Dispose() => door.Release();
    }
}
