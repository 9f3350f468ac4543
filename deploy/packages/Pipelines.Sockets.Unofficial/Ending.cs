using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>What ended a connection first: what follows is mostly its consequence.</summary>
internal sealed class Ending
{
    private Cause? first;

    internal PipeShutdownKind Kind => Volatile.Read(ref first)?.Kind ?? PipeShutdownKind.None;

    internal SocketError Error => Volatile.Read(ref first)?.Error ?? SocketError.Success;

    internal bool TrySet(PipeShutdownKind kind, SocketError error = SocketError.Success) =>
        Interlocked.CompareExchange(ref first, new Cause(kind, error), null) is null;

    /// <summary>Notes a failed read, and says how the reader is to learn of it.</summary>
    internal Exception ReadFailed(Exception exception) => Failed(exception, exception switch
    {
        ObjectDisposedException => PipeShutdownKind.ReadDisposed,
        IOException => PipeShutdownKind.ReadIOException,
        _ => PipeShutdownKind.ReadException,
    }, PipeShutdownKind.ReadSocketError);

    /// <summary>Notes a failed write, and says how the writer is to learn of it.</summary>
    internal Exception WriteFailed(Exception exception) => Failed(exception, exception switch
    {
        ObjectDisposedException => PipeShutdownKind.WriteDisposed,
        IOException => PipeShutdownKind.WriteIOException,
        _ => PipeShutdownKind.WriteException,
    }, PipeShutdownKind.WriteSocketError);

    private Exception Failed(Exception exception, PipeShutdownKind kind, PipeShutdownKind socketKind)
    {
        // Streams wrap what the socket says.
        if ((exception.InnerException ?? exception) is not SocketException { SocketErrorCode: var error })
        {
            TrySet(kind);
            return exception;
        }
        TrySet(socketKind, error);
        return error == SocketError.ConnectionReset ? new ConnectionResetException(exception.Message, exception) : exception;
    }

    private sealed record Cause(PipeShutdownKind Kind, SocketError Error);
}
