namespace Gateway.Forwarding.WebSockets;

/// <summary>
/// The client's end of a WebSocket that is being proxied. Bytes pass as they are; their frames are followed, so that the gateway can
/// close the socket between two of them, as either side would (RFC 6455 section 7).
/// </summary>
internal sealed class ProxiedSocket : ProxiedUpgrade
{
    // For a frame to end and the client to answer: whoever is shown out is out within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly FramesToClient toClient;
    private readonly FramesToApplication toApplication;
    private readonly TimeProvider clock;
    private int closing;

    public ProxiedSocket(Stream client, HttpContext context, OpenSockets open, TimeProvider clock) : base(client, context, open)
    {
        toClient = new FramesToClient(client, Traffic);
        toApplication = new FramesToApplication(client, Traffic);
        this.clock = clock;
    }

    /// <summary>Tells both sides, and cuts the connection when one doesn't listen.</summary>
    public override async Task CloseAsync(SocketClose reason)
    {
        if (Interlocked.Exchange(ref closing, 1) == 0)
            await SayGoodbyeAsync(reason);
        await Over;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        toApplication.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        toClient.WriteAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            toClient.Dispose();
            toApplication.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SayGoodbyeAsync(SocketClose reason)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await Task.WhenAll(toClient.CloseAsync(reason, patience.Token), toApplication.CloseAsync());
            await Over.WaitAsync(patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It had its time, or was gone before.
            Cut();
        }
    }
}
