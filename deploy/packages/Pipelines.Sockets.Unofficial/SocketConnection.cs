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

    private SocketConnection(Socket socket, PipeOptions? sendPipeOptions, PipeOptions? receivePipeOptions, string? name)
    {
        this.socket = socket;
        this.name = name ?? nameof(SocketConnection);
        pump = new StreamPump(new NetworkStream(socket, ownsSocket: false), sendPipeOptions, receivePipeOptions);
        pump.Start(() => socket.Shutdown(SocketShutdown.Send));
    }

    public PipeReader Input => pump.Input;
    public PipeWriter Output => pump.Output;
    public long BytesRead => pump.BytesReceived;
    public long BytesSent => pump.BytesSent;
    public int LastReceived => pump.LastReceived;
    public PipeShutdownKind ShutdownKind => pump.Ending.Kind;
    public SocketError SocketError => pump.Ending.Error;
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
            socket.NoDelay = true; // Commands are small, and somebody waits for each reply.
    }

    /// <summary>Notes that the protocol ended the connection (a QUIT), before its consequences are noted as the cause.</summary>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) =>
        kind is PipeShutdownKind.ProtocolExitClient or PipeShutdownKind.ProtocolExitServer && pump.Ending.TrySet(kind);

    public Counters GetCounters()
    {
        try
        {
            return new Counters(pump, socket.Available);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return new Counters(pump, 0); // A closed socket holds nothing.
        }
    }

    public void Dispose()
    {
        pump.Ending.TrySet(PipeShutdownKind.PipeDisposed);
        try
        {
            socket.Shutdown(SocketShutdown.Both); // Closing alone, with a read pending, may reset the connection.
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
        socket.Dispose();
    }

    public override string ToString() => name;

    /// <summary>The bytes on their way, as StackExchange.Redis prints them in a timeout's message.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly struct Counters
    {
        internal Counters(StreamPump pump, long available)
        {
            BytesAvailableOnSocket = available;
            BytesWaitingToBeSent = pump.WaitingToBeSent;
            BytesWaitingToBeRead = pump.WaitingToBeRead;
        }

        public long BytesAvailableOnSocket { get; }
        public long BytesWaitingToBeSent { get; }
        public long BytesWaitingToBeRead { get; }
    }
}
