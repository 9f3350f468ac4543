using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Gateway.Tests.Hosting;

/// <summary>What was said on a channel of Redis since the subscription.</summary>
internal sealed class RedisAnnouncements : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> heard = [];
    private readonly ISubscriber subscriber;
    private readonly RedisChannel channel;

    private RedisAnnouncements(ISubscriber subscriber, string channel) =>
        (this.subscriber, this.channel) = (subscriber, RedisChannel.Literal(channel));

    public IReadOnlyCollection<string> Heard => heard;

    public static async Task<RedisAnnouncements> StartAsync(ISubscriber subscriber, string channel)
    {
        var announcements = new RedisAnnouncements(subscriber, channel);
        await subscriber.SubscribeAsync(announcements.channel, (_, text) => announcements.heard.Enqueue(text.ToString()));
        return announcements;
    }

    public async ValueTask DisposeAsync() => await subscriber.UnsubscribeAsync(channel);
}
