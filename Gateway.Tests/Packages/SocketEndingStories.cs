using System.Net.Sockets;
using System.Threading.Channels;
using Gateway.Tests.Hosting;
using Pipelines.Sockets.Unofficial;

namespace Gateway.Tests.Packages;

/// <summary>How a connection ends, begins and accounts for itself: what StackExchange.Redis puts into its messages.</summary>
internal static class SocketEndingStories
{
    public static async Task The_protocol_may_name_the_end_and_the_first_name_stays()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);

        Assert.False(connection.TrySetProtocolShutdown(PipeShutdownKind.ReadEndOfStream));
        Assert.True(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        Assert.False(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitServer));
        connection.Dispose();

        // The number too: it is compiled into the callers.
        Assert.Equal((PipeShutdownKind.ProtocolExitClient, 400), (connection.ShutdownKind, (int)connection.ShutdownKind));
    }

    public static async Task Disposal_ends_a_pending_read_and_the_peer_sees_the_end()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        var connection = SocketConnection.Create(pair.Near, null, null);
        await using var peer = new NetworkStream(pair.Far);
        var reading = connection.Input.EndsAsync();

        connection.Dispose();

        // Whether the reader sees an end or a failure is a matter of timing, in the real library too.
        await Task.WhenAny(reading).WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        Assert.True(reading.IsCompleted);
        Assert.Equal("", await peer.RestAsync());
        Assert.Equal(PipeShutdownKind.PipeDisposed, connection.ShutdownKind);
    }

    public static async Task Bytes_that_wait_are_counted()
    {
        using var pair = await LoopbackPair.ConnectAsync();
        using var connection = SocketConnection.Create(pair.Near, null, null);
        await using var peer = new NetworkStream(pair.Far);

        await peer.SendAsync("+PONG");
        await Eventually.TrueAsync(() => connection.GetCounters().BytesWaitingToBeRead == 5);
        await connection.Input.ReceiveAsync(5);

        var counters = connection.GetCounters();
        Assert.Equal((0, 0, 0), (counters.BytesWaitingToBeRead, counters.BytesWaitingToBeSent, counters.BytesAvailableOnSocket));
        connection.Dispose();
        Assert.Equal(0, connection.GetCounters().BytesAvailableOnSocket);
    }

    public static async Task An_awaited_connect_ends_connected()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var connect = new SocketAwaitableEventArgs { RemoteEndPoint = listener.LocalEndpoint };
        if (!socket.ConnectAsync(connect))
            connect.Complete();

        Assert.Equal(0, await Within(connect));
        Assert.True(socket.Connected);
    }

    public static async Task An_aborted_operation_fails_with_the_given_error()
    {
        using var operation = new SocketAwaitableEventArgs();
        var waiting = Within(operation);
        Assert.False(waiting.IsCompleted);

        operation.Abort(SocketError.TimedOut);

        Assert.Equal(SocketError.TimedOut, (await Assert.ThrowsAsync<SocketException>(() => waiting)).SocketErrorCode);
    }

    public static async Task A_scheduler_works_on_its_own_threads_and_leaves_the_rest_to_the_pool()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler("own", workerCount: 1, useThreadPoolQueueLength: 1);
        var ran = Channel.CreateUnbounded<bool>();
        using var gate = new ManualResetEventSlim();
        void Note(object? _) => ran.Writer.TryWrite(Thread.CurrentThread.IsThreadPoolThread);

        scheduler.Schedule(_ => { Note(null); gate.Wait(TimeSpan.FromSeconds(15)); }, null);
        Assert.False(await ran.Reader.ReadAsync(TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(() => scheduler is { AvailableCount: 0, WorkerCount: 1 });
        scheduler.Schedule(Note, null);
        scheduler.Schedule(Note, null);
        Assert.True(await ran.Reader.ReadAsync(TestContext.Current.CancellationToken));
        gate.Set();
        Assert.False(await ran.Reader.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, scheduler.TotalServicedByQueue);
    }

    // Awaits as StackExchange.Redis does, within a bound.
    private static Task<int> Within(SocketAwaitableEventArgs operation)
    {
        async Task<int> Await() => await operation;
        return Await().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
    }
}
