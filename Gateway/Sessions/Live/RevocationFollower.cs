using System.Threading.Channels;

namespace Gateway.Sessions.Live;

/// <summary>Looks at once after a session that somebody ended or changed, on whichever node. What is lost here, the sweep finds.</summary>
internal sealed class RevocationFollower(SessionCache cache, OpenRequests requests, SessionCheck check) : BackgroundService
{
    private readonly Channel<string> dropped = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Through a queue: whoever drops a copy does not wait for the store.
        cache.OnDrop(key => dropped.Writer.TryWrite(key));
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var key in dropped.Reader.ReadAllAsync(stoppingToken))
        {
            // Asked for, not taken for ended: a changed name drops copies, too.
            if (requests.Of(key) is { } open)
                await check.CheckAsync(open, stoppingToken);
        }
    }
}
