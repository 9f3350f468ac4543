using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Moves bytes between a stream and a pipe for each direction; each direction ends by itself, so half-closed works.</summary>
internal sealed class StreamPump(Stream stream, PipeOptions? sendOptions, PipeOptions? receiveOptions) : IDuplexPipe
{
    // Less room than this at the end of a segment isn't worth a system call.
    private const int SmallestRead = 2048;

    private readonly Pipe outgoing = new(sendOptions ?? PipeOptions.Default);
    private readonly Pipe incoming = new(receiveOptions ?? PipeOptions.Default);
    private long sent;
    private long received;
    private int lastReceived;

    public PipeReader Input => incoming.Reader;
    public PipeWriter Output => outgoing.Writer;

    internal Ending Ending { get; } = new();
    internal long BytesSent => Volatile.Read(ref sent);
    internal long BytesReceived => Volatile.Read(ref received);
    internal int LastReceived => Volatile.Read(ref lastReceived);
    internal long WaitingToBeSent => PipeLength.Of(outgoing);
    internal long WaitingToBeRead => PipeLength.Of(incoming);

    /// <summary>Runs until both directions ended; <paramref name="finishSending"/> tells the peer that no more will come.</summary>
    internal void Start(Action? finishSending = null)
    {
        (sendOptions ?? PipeOptions.Default).ReaderScheduler.Schedule(_ => _ = SendAsync(finishSending), null);
        (receiveOptions ?? PipeOptions.Default).ReaderScheduler.Schedule(_ => _ = ReceiveAsync(), null);
    }

    private async Task SendAsync(Action? finishSending)
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var read = await outgoing.Reader.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    await stream.WriteAsync(segment);
                    Volatile.Write(ref sent, sent + segment.Length);
                }
                await stream.FlushAsync();
                outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
            Ending.TrySet(PipeShutdownKind.WriteEndOfStream);
            finishSending?.Invoke();
        }
        catch (Exception exception)
        {
            failure = Ending.WriteFailed(exception);
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
                var count = await stream.ReadAsync(incoming.Writer.GetMemory(SmallestRead));
                Volatile.Write(ref lastReceived, count);
                if (count == 0)
                {
                    Ending.TrySet(PipeShutdownKind.ReadEndOfStream);
                    break;
                }
                Volatile.Write(ref received, received + count);
                incoming.Writer.Advance(count);
                if ((await incoming.Writer.FlushAsync()).IsCompleted)
                {
                    Ending.TrySet(PipeShutdownKind.ReadFlushCompleted);
                    break;
                }
            }
        }
        catch (Exception exception)
        {
            failure = Ending.ReadFailed(exception);
        }
        await incoming.Writer.CompleteAsync(failure);
    }
}
