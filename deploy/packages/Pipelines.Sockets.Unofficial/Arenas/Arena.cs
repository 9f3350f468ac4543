namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Hands out runs of elements that all live until <see cref="Reset"/>: the parts of one reply.</summary>
public sealed class Arena<T> : IDisposable
{
    private const int SmallestBlock = 128;
    private const int LargestKept = 4096;

    private T[] block = [];
    private int used;

    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
    }

    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > block.Length - used)
        {
            // What was handed out keeps the earlier block alive for as long as it needs it.
            block = new T[Math.Max(length, SmallestBlock)];
            used = 0;
        }
        var run = new Sequence<T>(new ArraySegment<T>(block, used, length));
        used += length;
        return run;
    }

    public void Reset()
    {
        if (block.Length > LargestKept)
            block = []; // One huge reply must not hold its memory for the life of the connection.
        else
            Array.Clear(block, 0, used);
        used = 0;
    }

    public void Dispose()
    {
        block = [];
        used = 0;
    }
}
