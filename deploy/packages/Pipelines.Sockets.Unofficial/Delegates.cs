namespace Pipelines.Sockets.Unofficial;

/// <summary>Walks a multicast delegate without allocating.</summary>
public static class Delegates
{
    public static bool IsSingle(this MulticastDelegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return handler.HasSingleTarget;
    }

    public static DelegateEnumerable<T> AsEnumerable<T>(this T? handler) where T : MulticastDelegate => new(handler);

    public readonly struct DelegateEnumerable<T> where T : MulticastDelegate
    {
        private readonly T? handler;

        internal DelegateEnumerable(T? handler) => this.handler = handler;

        public DelegateEnumerator<T> GetEnumerator() => new(handler);
    }

    /// <summary>Disposable although there is nothing to dispose of: the compiled loops over the real one call it.</summary>
    public struct DelegateEnumerator<T> : IDisposable where T : MulticastDelegate
    {
        private Delegate.InvocationListEnumerator<T> targets;

        internal DelegateEnumerator(T? handler) => targets = Delegate.EnumerateInvocationList(handler);

        public readonly T Current => targets.Current;

        public bool MoveNext() => targets.MoveNext();

        public readonly void Dispose()
        {
        }
    }
}
