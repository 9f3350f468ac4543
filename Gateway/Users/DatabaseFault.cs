using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Users;

/// <summary>The one place that knows how a user database fails which is locked, full, read-only, damaged, or away.</summary>
internal static class DatabaseFault
{
    /// <summary>
    /// Whatever wraps it: EF Core hides a lost connection to PostgreSQL in an <see cref="InvalidOperationException"/>, data protection
    /// a key ring that can't be read in a <see cref="System.Security.Cryptography.CryptographicException"/>. A server whose name can't
    /// be resolved is a bare <see cref="SocketException"/>.
    /// </summary>
    public static bool Is(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or DbUpdateException)
                return true;
        }

        return exception is SocketException or InvalidOperationException { InnerException: SocketException or TimeoutException };
    }

    /// <summary>A server that is not there yet, or any more.</summary>
    public static bool MayPass(Exception exception) =>
        exception is DbException { IsTransient: true } || exception.InnerException is DbException { IsTransient: true };

    /// <summary>What the database itself said.</summary>
    public static string Reason(Exception exception) => exception.GetBaseException().Message;
}

/// <summary>It could not be read a moment ago, and nobody waits for it again before it can.</summary>
internal sealed class DatabaseAwayException() : DbException("The user database can't be read.");

/// <summary>Too many wait to write already.</summary>
internal sealed class DatabaseBusyException() : DbException("The user database is busy: others wait to write already.");
