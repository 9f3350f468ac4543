namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A run of elements in one array.</summary>
public readonly struct Sequence<T>
{
    private readonly ArraySegment<T> run;

    internal Sequence(ArraySegment<T> run) => this.run = run;

    public long Length => run.Count;
    public bool IsEmpty => run.Count == 0;
    public bool IsSingleSegment => true;
    public Span<T> FirstSpan => run;
    public SpanEnumerable Spans => new(this);

    public ref T this[int index] => ref FirstSpan[index];

    public Sequence Untyped() => new(run.Array, run.Offset, run.Count);

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly Span<T> span;
        private int index = -1;

        internal Enumerator(Sequence<T> sequence) => span = sequence.FirstSpan;

        public readonly ref T Current => ref span[index];

        public bool MoveNext() => ++index < span.Length;

        public ref T GetNext()
        {
            index++;
            return ref Current;
        }
    }

    public readonly ref struct SpanEnumerable
    {
        private readonly Sequence<T> sequence;

        internal SpanEnumerable(Sequence<T> sequence) => this.sequence = sequence;

        public SpanEnumerator GetEnumerator() => new(sequence);
    }

    public ref struct SpanEnumerator
    {
        private bool done;

        internal SpanEnumerator(Sequence<T> sequence)
        {
            Current = sequence.FirstSpan;
            done = sequence.IsEmpty;
        }

        public Span<T> Current { get; }

        public bool MoveNext() => !done && (done = true);
    }
}
