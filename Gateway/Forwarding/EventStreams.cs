namespace Gateway.Forwarding;

/// <summary>The event streams that are being proxied, whoever they belong to: answers that never end by themselves.</summary>
internal sealed class EventStreams
{
    // Whoever holds it knows that none of these ends meanwhile: afterwards the server may use the context for another request.
    private readonly Lock gate = new();
    private readonly HashSet<HttpContext> all = new(ReferenceEqualityComparer.Instance);
    private bool closing;

    public void Add(HttpContext context)
    {
        context.Response.OnCompleted(() =>
        {
            lock (gate)
                all.Remove(context);
            return Task.CompletedTask;
        });
        lock (gate)
        {
            all.Add(context);
            if (closing)
                context.Abort();
        }
    }

    /// <summary>Cuts those that are open, and from now on each as it begins; a browser asks again by itself. Returns how many there were.</summary>
    public int CloseAll()
    {
        lock (gate)
        {
            closing = true;
            var open = all.ToArray();
            foreach (var context in open)
                context.Abort();
            return open.Length;
        }
    }
}
