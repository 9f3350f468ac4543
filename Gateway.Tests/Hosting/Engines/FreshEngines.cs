namespace Gateway.Tests.Hosting.Engines;

/// <summary>One for each story of a class whose stories break it, all started at once: its servers take seconds to find each other.</summary>
public sealed class FreshEngines<T> : IAsyncLifetime
    where T : Engine, new()
{
    private const int Stories = 4;

    private readonly T[] engines = [.. Enumerable.Range(0, Stories).Select(_ => new T())];
    private int last = -1;

    public async ValueTask InitializeAsync() => await Task.WhenAll(engines.Select(engine => engine.InitializeAsync().AsTask()));

    public async ValueTask DisposeAsync() => await Task.WhenAll(engines.Select(engine => engine.DisposeAsync().AsTask()));

    internal T Next() => engines[Interlocked.Increment(ref last)];
}
