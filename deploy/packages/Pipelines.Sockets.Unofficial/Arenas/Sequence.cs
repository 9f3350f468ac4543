namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A run of elements without its type, so that an element can hold a run of its own kind.</summary>
public readonly struct Sequence
{
    private readonly Array? array;
    private readonly int offset;
    private readonly int length;

    internal Sequence(Array? array, int offset, int length) => (this.array, this.offset, this.length) = (array, offset, length);

    public long Length => length;

    public Sequence<T> Cast<T>() => array is null ? default : new(new ArraySegment<T>((T[])array, offset, length));
}
