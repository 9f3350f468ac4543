namespace Gateway.Forwarding.WebSockets;

/// <summary>What goes to the client of a WebSocket: the application's frames, and the gateway's own at the end.</summary>
internal sealed class FramesToClient(Stream client, Traffic traffic) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private FrameReader frames;
    private volatile SocketClose? close;
    private bool isClosed;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (close is not null)
            {
                await WriteLastAsync(bytes, cancellationToken);
                return;
            }

            if (frames.Pass(bytes.Span))
                traffic.Note();
            await client.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Closes at once between two frames; else the end of the frame does, when it comes.</summary>
    public async Task CloseAsync(SocketClose with, CancellationToken cancellationToken)
    {
        close = with;
        await turn.WaitAsync(cancellationToken);
        try
        {
            await TryCloseAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task WriteLastAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (frames.PassToBoundary(bytes.Span) is var rest and > 0)
            await client.WriteAsync(bytes[..rest], cancellationToken);
        await TryCloseAsync(cancellationToken);
    }

    private async Task TryCloseAsync(CancellationToken cancellationToken)
    {
        if (isClosed || !frames.AtBoundary)
            return;
        isClosed = true;
        // A side that has closed already sends nothing more (RFC 6455 section 5.5.1).
        if (!frames.HasClosed)
            await client.WriteAsync(close!.ToClient(), cancellationToken);
    }
}
