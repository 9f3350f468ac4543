namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>StackExchange.Redis takes the defaults, and the arena here has one way of working.</summary>
public sealed class ArenaOptions
{
    public ArenaOptions(
        ArenaFlags flags = ArenaFlags.BlittableNonPaddedSharing,
        int blockSizeBytes = 0,
        Func<long, long, long>? retentionPolicy = null)
    {
    }
}

/// <summary>How arenas of several types share memory, which the one here doesn't.</summary>
[Flags]
public enum ArenaFlags
{
    None = 0,
    BlittableNonPaddedSharing = 16,
}

/// <summary>StackExchange.Redis brings none: the elements are in plain arrays.</summary>
public abstract class Allocator<T>;
