namespace Pipelines.Sockets.Unofficial.Arenas;

public delegate TTo Projection<T, out TTo>(in T value);

public delegate TTo Projection<T, TState, out TTo>(in T value, in TState state);

/// <summary>Copies a run, turning each element into another.</summary>
public static class SequenceExtensions
{
    public static TTo[] ToArray<T, TTo>(this in Sequence<T> source, Projection<T, TTo> projection)
    {
        var result = new TTo[source.Length];
        source.CopyTo(result, projection);
        return result;
    }

    public static TTo[] ToArray<T, TState, TTo>(this in Sequence<T> source, Projection<T, TState, TTo> projection, in TState state)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var result = new TTo[source.Length];
        var next = 0;
        foreach (ref var element in source)
            result[next++] = projection(in element, in state);
        return result;
    }

    public static void CopyTo<T, TTo>(this in Sequence<T> source, Span<TTo> destination, Projection<T, TTo> projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var next = 0;
        foreach (ref var element in source)
            destination[next++] = projection(in element);
    }
}
