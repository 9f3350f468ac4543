using Gateway.Sessions;
using StackExchange.Redis;

namespace Gateway.Login.Throttle;

/// <summary>One count for all gateways.</summary>
internal sealed class RedisAttemptCounter(RedisConnection redis, RedisKeys keys) : IAttemptCounter
{
    public async Task<long> AddAsync(string name, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var key = keys.Attempts(name);
        var count = await redis.AskAsync(
            async db =>
            {
                // Created with its end and counted in one step: a count without an end would lock an account for ever.
                var transaction = db.CreateTransaction();
                var created = transaction.StringSetAsync(key, 0, window, When.NotExists);
                var counted = transaction.StringIncrementAsync(key);
                await transaction.ExecuteAsync();
                await created;
                return await counted;
            },
            cancellationToken);
        if (count <= limit)
            await redis.AskAsync(db => db.KeyExpireAsync(key, window), cancellationToken);
        return count;
    }

    public Task TakeBackAsync(string name, CancellationToken cancellationToken)
    {
        var key = keys.Attempts(name);
        return redis.AskAsync(
            async db =>
            {
                // Only where there is one: a count that this began would have no end.
                var transaction = db.CreateTransaction();
                transaction.AddCondition(Condition.KeyExists(key));
                var takenBack = transaction.StringDecrementAsync(key);
                return await transaction.ExecuteAsync() ? await takenBack : 0;
            },
            cancellationToken);
    }

    public Task ClearAsync(string name, CancellationToken cancellationToken) =>
        redis.AskAsync(db => db.KeyDeleteAsync(keys.Attempts(name)), cancellationToken);
}
