using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Moves bytes between a stream and a pipe for each direction; each direction ends by itself.</summary>
internal sealed class StreamPump(Stream stream, PipeOptions? sendOptions, PipeOptions? receiveOptions) : IDuplexPipe
{
    private readonly Pipe outgoing = new(sendOptions ?? PipeOptions.Default);
    private readonly Pipe incoming = new(receiveOptions ?? PipeOptions.Default);
    private readonly PipeScheduler sendScheduler = (sendOptions ?? PipeOptions.Default).ReaderScheduler;
    private readonly PipeScheduler receiveScheduler = (receiveOptions ?? PipeOptions.Default).ReaderScheduler;
    private long sent;
    private long received;
    private int lastReceived;
    private int shutdownKind;

    public PipeReader Input => incoming.Reader;
    public PipeWriter Output => outgoing.Writer;

    internal long BytesSent => Volatile.Read(ref sent);
    internal long BytesReceived => Volatile.Read(ref received);
    internal int LastReceived => Volatile.Read(ref lastReceived);
    internal long WaitingToBeSent => PipeLength.Of(outgoing);
    internal long WaitingToBeRead => PipeLength.Of(incoming);
    internal PipeShutdownKind ShutdownKind => (PipeShutdownKind)Volatile.Read(ref shutdownKind);
    internal SocketError SocketError { get; private set; }

    internal void Start(Func<ValueTask> finishSending)
    {
        sendScheduler.Schedule(_ => _ = SendAsync(finishSending), null);
        receiveScheduler.Schedule(_ => _ = ReceiveAsync(), null);
    }

    /// <summary>Only the first cause counts: what follows is mostly its consequence.</summary>
    internal bool TrySetShutdown(PipeShutdownKind kind) => Interlocked.CompareExchange(ref shutdownKind, (int)kind, 0) == 0;

    private async Task SendAsync(Func<ValueTask> finishSending)
    {
        Exception? failure = null;
        try
        {
            for (var completed = false; !completed;)
            {
                var result = await outgoing.Reader.ReadAsync();
                foreach (var segment in result.Buffer)
                {
                    await stream.WriteAsync(segment);
                    Volatile.Write(ref sent, sent + segment.Length);
                }
                await stream.FlushAsync();
                outgoing.Reader.AdvanceTo(result.Buffer.End);
                completed = result.IsCompleted;
            }
            TrySetShutdown(PipeShutdownKind.WriteEndOfStream);
            await finishSending();
        }
        catch (Exception exception)
        {
            failure = Failed(exception, PipeShutdownKind.WriteException);
        }
        await outgoing.Reader.CompleteAsync(failure);
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(incoming.Writer.GetMemory());
                Volatile.Write(ref lastReceived, count);
                if (count == 0)
                {
                    TrySetShutdown(PipeShutdownKind.ReadEndOfStream);
                    break;
                }
                Volatile.Write(ref received, received + count);
                incoming.Writer.Advance(count);
                var flushed = await incoming.Writer.FlushAsync();
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    TrySetShutdown(flushed.IsCompleted ? PipeShutdownKind.ReadFlushCompleted : PipeShutdownKind.ReadFlushCanceled);
                    break;
                }
            }
        }
        catch (Exception exception)
        {
            failure = Failed(exception, PipeShutdownKind.ReadException);
        }
        await incoming.Writer.CompleteAsync(failure);
    }

    private Exception Failed(Exception exception, PipeShutdownKind kind)
    {
        TrySetShutdown(kind);
        return exception;
    }
}
