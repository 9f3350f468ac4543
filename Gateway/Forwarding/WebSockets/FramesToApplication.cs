namespace Gateway.Forwarding.WebSockets;

/// <summary>What goes to the application of a WebSocket: the client's frames, and the gateway's own at the end.</summary>
internal sealed class FramesToApplication(Stream client, Traffic traffic) : IDisposable
{
    private readonly Lock gate = new();
    private FrameReader frames;
    private CancellationTokenSource? reading;
    private CancellationToken readingFor;
    private bool isClosing;
    private bool isAtEnd;
    private bool isClosed;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            if (Interruptible(cancellationToken) is { } interruptible)
            {
                var read = await client.ReadAsync(buffer, interruptible);
                if (frames.Pass(buffer.Span[..read]))
                    traffic.Note();
                return read;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && IsClosing())
        {
            // Nothing of what the client sends was lost.
        }

        return await ReadLastAsync(buffer, cancellationToken);
    }

    /// <summary>Ends what the application reads after the frame that is on its way, also while nothing comes from the client.</summary>
    public Task CloseAsync()
    {
        lock (gate)
        {
            isClosing = true;
            return reading?.CancelAsync() ?? Task.CompletedTask;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            reading?.Dispose();
            reading = null;
        }
    }

    private async ValueTask<int> ReadLastAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // Who only waits for something to come asks again.
        if (buffer.IsEmpty)
            return 0;
        if (!IsAtEnd())
            return await ReadToBoundaryAsync(buffer, cancellationToken);
        if (!isClosed)
        {
            isClosed = true;
            var frame = SocketClose.ToApplication();
            frame.CopyTo(buffer);
            return frame.Length;
        }

        await ReadGoodbyeAsync(buffer);
        return 0;
    }

    private async ValueTask<int> ReadToBoundaryAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await client.ReadAsync(buffer, cancellationToken);
        var passed = frames.PassToBoundary(buffer.Span[..read]);
        // The rest is not for the application any more, but there may be a goodbye in it.
        if (IsAtEnd())
            frames.Pass(buffer.Span[passed..read]);
        return passed;
    }

    // Once and for all: what is read afterwards doesn't get there.
    private bool IsAtEnd()
    {
        if (!isAtEnd && frames.AtBoundary)
            (isAtEnd, isClosed) = (true, frames.HasClosed);
        return isAtEnd;
    }

    // Until the client has read its goodbye and said its own: a connection closed with something unread in it is reset, and what was
    // sent last is lost. Whether the application still listens is no matter here.
    private async Task ReadGoodbyeAsync(Memory<byte> buffer)
    {
        while (!frames.HasClosed && await client.ReadAsync(buffer, CancellationToken.None) is var read and > 0)
            frames.Pass(buffer.Span[..read]);
    }

    // One source for all reads, as they come with the same token.
    private CancellationToken? Interruptible(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (isClosing)
                return null;
            if (reading is not null && readingFor == cancellationToken)
                return reading.Token;
            reading?.Dispose();
            (reading, readingFor) = (CancellationTokenSource.CreateLinkedTokenSource(cancellationToken), cancellationToken);
            return reading.Token;
        }
    }

    private bool IsClosing()
    {
        lock (gate)
            return isClosing;
    }
}
