using System.Collections.Concurrent;
using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Runs continuations on threads of its own, and on the shared pool while those are behind.</summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly BlockingCollection<(Action<object?> Action, object? State)> queue = [];
    private readonly int queueLimit;
    private int available;
    private long servicedByQueue;
    private long servicedByPool;

    public DedicatedThreadPoolPipeScheduler(
        string? name = null,
        int workerCount = 5,
        int useThreadPoolQueueLength = 10,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workerCount);
        WorkerCount = workerCount;
        queueLimit = useThreadPoolQueueLength;
        for (var i = 0; i < workerCount; i++)
            new Thread(Work) { IsBackground = true, Name = name, Priority = priority }.Start();
    }

    public int WorkerCount { get; }
    public int AvailableCount => Volatile.Read(ref available);
    public long TotalServicedByQueue => Volatile.Read(ref servicedByQueue);
    public long TotalServicedByPool => Volatile.Read(ref servicedByPool);

    public override void Schedule(Action<object?> action, object? state)
    {
        if (queue.Count < queueLimit && TryQueue(action, state))
            return;

        Interlocked.Increment(ref servicedByPool);
        ThreadPool.Schedule(action, state);
    }

    public void Dispose() => queue.CompleteAdding();

    private bool TryQueue(Action<object?> action, object? state)
    {
        try
        {
            return queue.TryAdd((action, state));
        }
        catch (InvalidOperationException)
        {
            return false; // Disposed: what is still under way ends on the shared pool.
        }
    }

    private void Work()
    {
        Interlocked.Increment(ref available);
        foreach (var (action, state) in queue.GetConsumingEnumerable())
        {
            Interlocked.Decrement(ref available);
            Interlocked.Increment(ref servicedByQueue);
            action(state);
            Interlocked.Increment(ref available);
        }
        Interlocked.Decrement(ref available);
    }
}
