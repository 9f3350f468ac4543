using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A duplex pipe over a connected socket.</summary>
public sealed class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly Socket socket;
    private readonly StreamPump pump;
    private readonly string name;

    private SocketConnection(Socket socket, PipeOptions? send, PipeOptions? receive, string? name)
    {
        this.socket = socket;
        this.name = name ?? nameof(SocketConnection);
        pump = new StreamPump(new NetworkStream(socket, ownsSocket: false), send, receive);
        pump.Start(FinishSending);
    }

    public PipeReader Input => pump.Input;
    public PipeWriter Output => pump.Output;
    public long BytesRead => pump.BytesReceived;
    public long BytesSent => pump.BytesSent;
    public int LastReceived => pump.LastReceived;
    public PipeShutdownKind ShutdownKind => pump.ShutdownKind;
    public SocketError SocketError => pump.SocketError;
    long IMeasuredDuplexPipe.TotalBytesReceived => BytesRead;
    long IMeasuredDuplexPipe.TotalBytesSent => BytesSent;

    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions,
        PipeOptions? receivePipeOptions,
        SocketConnectionOptions socketConnectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return new SocketConnection(socket, sendPipeOptions, receivePipeOptions, name);
    }

    /// <summary>StackExchange.Redis asks at start-up whether all is there; it is, in the shared framework.</summary>
    public static void AssertDependencies()
    {
    }

    public static void SetRecommendedClientOptions(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.AddressFamily != AddressFamily.Unix)
            socket.NoDelay = true; // Commands are small and wait for their reply.
    }

    public bool TrySetProtocolShutdown(PipeShutdownKind kind) =>
        kind is PipeShutdownKind.ProtocolExitClient or PipeShutdownKind.ProtocolExitServer && pump.TrySetShutdown(kind);

    public Counters GetCounters() => new(pump, socket);

    public void Dispose()
    {
        pump.TrySetShutdown(PipeShutdownKind.PipeDisposed);
        socket.Dispose();
    }

    public override string ToString() => name;

    private ValueTask FinishSending()
    {
        socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    [StructLayout(LayoutKind.Auto)]
    public readonly struct Counters
    {
        internal Counters(StreamPump pump, Socket socket)
        {
            BytesWaitingToBeSent = pump.WaitingToBeSent;
            BytesWaitingToBeRead = pump.WaitingToBeRead;
            try
            {
                BytesAvailableOnSocket = socket.Available;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // A closed socket holds nothing.
            }
        }

        public long BytesAvailableOnSocket { get; }
        public long BytesWaitingToBeSent { get; }
        public long BytesWaitingToBeRead { get; }
    }
}
