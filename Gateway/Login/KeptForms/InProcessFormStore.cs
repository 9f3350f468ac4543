using System.Collections.Concurrent;

namespace Gateway.Login.KeptForms;

/// <summary>For one gateway without Redis. How much it may hold is <see cref="FormQuota"/>'s to say.</summary>
internal sealed class InProcessFormStore(TimeProvider clock) : IFormStore
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public Task PutAsync(string key, byte[] content, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var entry in entries.Where(entry => entry.Value.Until <= now))
            entries.TryRemove(entry);
        entries[key] = new Entry(content, now + lifetime);
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(entries.TryGetValue(key, out var entry) ? Live(entry) : null);

    public Task ReplaceAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        if (entries.TryGetValue(key, out var entry))
            entries.TryUpdate(key, entry with { Content = content }, entry);
        return Task.CompletedTask;
    }

    public Task<byte[]?> TakeAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(entries.TryRemove(key, out var entry) ? Live(entry) : null);

    private byte[]? Live(Entry entry) => entry.Until > clock.GetUtcNow() ? entry.Content : null;

    private sealed record Entry(byte[] Content, DateTimeOffset Until);
}
