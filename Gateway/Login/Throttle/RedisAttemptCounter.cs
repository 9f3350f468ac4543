using Gateway.Sessions;
using StackExchange.Redis;

namespace Gateway.Login.Throttle;

/// <summary>One count for all gateways. Each step is a script: one round trip whatever comes out, so that its time tells nothing.</summary>
internal sealed class RedisAttemptCounter(RedisConnection redis, RedisKeys keys) : IAttemptCounter
{
    // Counted and given its end in one step: a count without an end would lock an account for ever.
    private const string Add =
        """
        local count = redis.call('INCR', KEYS[1])
        if count == 1 or count <= tonumber(ARGV[1]) then
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
        end
        return { count, redis.call('PTTL', KEYS[1]) }
        """;

    // What is forgotten must not begin anew below zero.
    private const string TakeBack =
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then
          return redis.call('DECR', KEYS[1])
        end
        return 0
        """;

    public async Task<AttemptCount> AddAsync(string name, int prolongTo, TimeSpan window, CancellationToken cancellationToken)
    {
        RedisKey[] key = [keys.Attempts(name)];
        RedisValue[] arguments = [prolongTo, (long)window.TotalMilliseconds];
        var result = await redis.AskAsync(db => db.ScriptEvaluateAsync(Add, key, arguments), cancellationToken);
        // Another account's count would let a guess through, or shut its owner out.
        await redis.ConfirmAsync(key[0], cancellationToken);
        var answer = (long[]?)result;
        return new AttemptCount(answer![0], TimeSpan.FromMilliseconds(answer[1]));
    }

    public Task TakeBackAsync(string name, CancellationToken cancellationToken)
    {
        RedisKey[] key = [keys.Attempts(name)];
        return redis.AskAsync(db => db.ScriptEvaluateAsync(TakeBack, key), cancellationToken);
    }

    public Task ClearAsync(string name, CancellationToken cancellationToken) =>
        redis.AskAsync(db => db.KeyDeleteAsync(keys.Attempts(name)), cancellationToken);

    public async Task<AttemptCount?> LookAsync(string name, CancellationToken cancellationToken)
    {
        var key = keys.Attempts(name);
        var found = await redis.ReadAsync(db => db.StringGetWithExpiryAsync(key), cancellationToken);
        await redis.ConfirmAsync(key, cancellationToken);
        return !found.Value.IsNull && found.Value.TryParse(out long number) ? new AttemptCount(number, found.Expiry ?? TimeSpan.Zero) : null;
    }
}
