using System.Collections.Concurrent;

namespace Gateway.Forwarding;

/// <summary>The event streams that are being proxied, whoever they belong to: answers that never end by themselves.</summary>
internal sealed class EventStreams
{
    private readonly ConcurrentDictionary<HttpContext, bool> all = new(ReferenceEqualityComparer.Instance);
    private volatile bool closing;

    public void Add(HttpContext context)
    {
        all[context] = true;
        context.Response.OnCompleted(() =>
        {
            all.TryRemove(context, out _);
            return Task.CompletedTask;
        });
        if (closing)
            context.Abort();
    }

    /// <summary>Cuts those that are open, and from now on each as it begins; a browser asks again by itself. Returns how many there were.</summary>
    public int CloseAll()
    {
        closing = true;
        var open = all.Keys;
        foreach (var context in open)
            context.Abort();
        return open.Count;
    }
}
