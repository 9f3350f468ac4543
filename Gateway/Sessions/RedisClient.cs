using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// The client library's connections, and a last resort: a client that lost an answer on a connection that lives on takes every further
/// one for the answer to an earlier question, and never notices. A fresh one is right at once.
/// </summary>
internal sealed class RedisClient(string configuration, TimeSpan patience) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Lazy<Task<ConnectionMultiplexer>> current = new(() => ConnectAsync(configuration, patience));
    private Action? replaced;
    private bool disposed;

    /// <summary>Null before the first question, and when connecting failed.</summary>
    public ConnectionMultiplexer? Current =>
        Volatile.Read(ref current) is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var result } } ? result : null;

    public Task<ConnectionMultiplexer> MultiplexerAsync() => Volatile.Read(ref current).Value;

    /// <summary>Tells when a fresh one has taken the place of the old one, which is still to be disposed.</summary>
    public void OnReplace(Action tell) => replaced = tell;

    /// <param name="ask">Fails when the fresh one is no better. It is disposed then, and the old one stays.</param>
    public async Task ReplaceAsync(Func<ConnectionMultiplexer, Task> ask)
    {
        ConnectionMultiplexer? unused = await ConnectAsync(configuration, patience);
        try
        {
            await ask(unused);
            unused = Take(unused);
            replaced?.Invoke();
        }
        finally
        {
            await EndAsync(unused);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
            disposed = true;
        if (!current.IsValueCreated)
            return;
        var ending = DisposeWhenConnectedAsync(current.Value);
        // One that is still connecting is not waited for, and ends when it is done with that.
        if (current.Value.IsCompleted)
            await ending;
    }

    /// <summary>Returns the one that nobody uses any more.</summary>
    private ConnectionMultiplexer? Take(ConnectionMultiplexer fresh)
    {
        lock (gate)
        {
            // At the end of this process nobody would dispose it later.
            if (disposed)
                return fresh;
            var old = Current;
            Volatile.Write(ref current, new Lazy<Task<ConnectionMultiplexer>>(Task.FromResult(fresh)));
            return old;
        }
    }

    private static async Task DisposeWhenConnectedAsync(Task<ConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
            await (await connecting).DisposeAsync();
    }

    private static async Task EndAsync(ConnectionMultiplexer? unused)
    {
        if (unused is null)
            return;
        // Says no farewell: whoever should hear it did not answer either.
        await unused.CloseAsync(allowCommandsToComplete: false);
        await unused.DisposeAsync();
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(string configuration, TimeSpan patience)
    {
        var options = RedisOptions.Parse(configuration, patience);
        SentinelThreads.KeepFor(options);
        return ConnectionMultiplexer.ConnectAsync(options);
    }
}
