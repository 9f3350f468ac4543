namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>StackExchange.Redis takes the defaults; the arena here has one way of working.</summary>
public sealed class ArenaOptions
{
    public ArenaOptions(ArenaFlags flags = ArenaFlags.None, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null)
    {
    }
}

[Flags]
public enum ArenaFlags
{
    None = 0,
}

/// <summary>StackExchange.Redis passes none: the elements are in plain arrays.</summary>
public abstract class Allocator<T>;
