using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// Drops this node's copy of a session when any node ends or changes it, and tells the cache whether such messages can arrive.
/// </summary>
internal sealed class RevocationListener(
    RedisConnection redis,
    RedisKeys keys,
    SessionCache cache,
    TimeProvider clock,
    ILogger<RevocationListener> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool? told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscriber = (await redis.MultiplexerAsync()).GetSubscriber();
        subscriber.Multiplexer.ConnectionFailed += (_, failure) =>
        {
            if (failure.ConnectionType == ConnectionType.Subscription)
                Trust(false);
        };

        using var timer = new PeriodicTimer(Interval, clock);
        var subscribed = false;
        do
        {
            subscribed = subscribed || await TrySubscribeAsync(subscriber);
            // A Redis that still loads its data takes subscribers already: believed, it would cost all copies when they are needed.
            Trust(subscribed && subscriber.IsConnected(keys.Revoked) && (told is true || await AnswersAsync(stoppingToken)));
            cache.Sweep();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TrySubscribeAsync(ISubscriber subscriber)
    {
        try
        {
            await subscriber.SubscribeAsync(keys.Revoked, (_, key) => cache.Drop(key.ToString()));
            return true;
        }
        catch (Exception exception) when (exception.IsOfRedis())
        {
            // To be tried again in a second; let out, it would end the gateway.
            return false;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.ReadAsync(db => db.PingAsync(), cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private void Trust(bool up)
    {
        cache.Trust(up);
        if (told == up)
            return;
        told = up;
        if (up)
            logger.RevocationChannelUp(redis.Servers);
        else
            logger.RevocationChannelDown(redis.Servers);
    }
}
