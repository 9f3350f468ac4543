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

    private readonly Lock gate = new();
    private ConnectionMultiplexer? subscribed;
    private bool? told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.OnReplace(Distrust);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            var isUp = await IsHeardAsync();
            // A Redis that still loads its data takes subscribers already: believed, it would cost all copies when they are needed.
            Trust(isUp && (told is true || await AnswersAsync(stoppingToken)));
            cache.Sweep();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>With the client of now, which may have taken the place of another.</summary>
    private async Task<bool> IsHeardAsync()
    {
        try
        {
            var multiplexer = await redis.MultiplexerAsync();
            if (ReferenceEquals(multiplexer, subscribed))
                return multiplexer.GetSubscriber().IsConnected(keys.Revoked);
            await multiplexer.GetSubscriber().SubscribeAsync(keys.Revoked, (_, key) => cache.Drop(key.ToString())).WaitAsync(RedisOptions.Lost);
            multiplexer.ConnectionFailed += (_, failure) =>
            {
                if (failure.ConnectionType == ConnectionType.Subscription)
                    Distrust();
            };
            subscribed = multiplexer;
            return multiplexer.GetSubscriber().IsConnected(keys.Revoked);
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
            await redis.ConfirmAsync(beside: null, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private void Distrust() => Trust(false);

    private void Trust(bool isUp)
    {
        lock (gate)
        {
            // The client may have been replaced since it was looked at: this one is heard no more.
            var up = isUp && ReferenceEquals(subscribed, redis.Current);
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
}
