namespace Gateway.Forwarding.WebSockets;

/// <summary>The client's end of an upgraded connection that is being proxied, in whatever protocol: it can only be cut.</summary>
internal class ProxiedUpgrade(Stream client, HttpContext context, OpenSockets open) : DuplexStream
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();

    public Traffic Traffic { get; } = new();

    /// <summary>Completes when the proxy is done with the connection.</summary>
    protected Task Over => over.Task;

    /// <summary>Ends the connection in the way that its protocol has for it, or without one. Returns when it is over.</summary>
    public virtual Task CloseAsync(SocketClose reason)
    {
        Cut();
        return Over;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await client.ReadAsync(buffer, cancellationToken);
        if (read > 0)
            Traffic.Note();
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Traffic.Note();
        return client.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => client.FlushAsync(cancellationToken);

    protected void Cut()
    {
        // Afterwards the server may use the context for another request.
        lock (gate)
        {
            if (!over.Task.IsCompleted)
                context.Abort();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (gate)
                over.TrySetResult();
            open.Remove(this);
            client.Dispose();
        }

        base.Dispose(disposing);
    }
}
