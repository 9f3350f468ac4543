using StackExchange.Redis;

namespace Gateway.Sessions;

/// <summary>
/// Whether the gateway may do in Redis what it does there: each kind of command once, without effect, so that a user who lacks a right is
/// told at the configuration check and not by the first visitor.
/// </summary>
internal sealed class RedisRights(RedisConnection redis, RedisKeys keys)
{
    // What it calls is refused without its name, and so was asked by itself before.
    private const string Script = "return redis.call('EXISTS', KEYS[1])";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What is wrong, in the words of Redis; null when nothing is.</summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var command in Commands())
                await redis.AskAsync(command, cancellationToken);
            return null;
        }
        catch (StoreUnavailableException exception) when (exception.InnerException is RedisServerException refusal)
        {
            return refusal.Message;
        }
    }

    // There never is such a key.
    private IEnumerable<Func<IDatabase, Task<bool>>> Commands() =>
    [
        async db => await db.PingAsync() > TimeSpan.Zero,
        // The library asks for it together with a value, and takes a refusal for an answer to something else.
        db => CallAsync(db, "PTTL"),
        async db => await db.StringSetAsync(keys.Probe, "", Expiration.KeepTtl, ValueCondition.Exists),
        async db => (await db.StringGetSetExpiryAsync(keys.Probe, TimeSpan.FromSeconds(1))).IsNull,
        async db => (await db.StringGetWithExpiryAsync(keys.Probe)).Value.IsNull,
        async db => (await db.StringGetAsync([keys.Probe, keys.Probe])).Length == 2,
        async db => await db.KeyExpireAsync(keys.Probe, TimeSpan.FromSeconds(1)),
        // The counters of logins call these in scripts.
        db => CallAsync(db, "EXISTS"),
        db => CallAsync(db, "PEXPIRE", 1),
        async db => await db.KeyDeleteAsync(keys.Probe),
        CountAsync,
        async db => await db.SortedSetAddAsync(keys.Probe, "", 0, SortedSetWhen.Exists),
        async db => (await db.SortedSetRangeByRankAsync(keys.Probe)).Length == 0,
        async db => await db.SortedSetRemoveRangeByScoreAsync(keys.Probe, 0, 0) == 0,
        async db => await db.SortedSetRemoveAsync(keys.Probe, ""),
        // First as a text, and then by its hash.
        async db => !(await db.ScriptEvaluateAsync(Script, [keys.Probe])).IsNull,
        async db => !(await db.ScriptEvaluateAsync(Script, [keys.Probe])).IsNull,
        async db => await db.PublishAsync(keys.Revoked, "") == 0,
        SubscribeAsync,
    ];

    private async Task<bool> CallAsync(IDatabase db, string command, params object[] arguments) =>
        !(await db.ExecuteAsync(command, [keys.Probe, .. arguments])).IsNull;

    // The only ones that make the key.
    private async Task<bool> CountAsync(IDatabase db)
    {
        try
        {
            return await CallAsync(db, "INCR") && await CallAsync(db, "DECR");
        }
        finally
        {
            await db.KeyDeleteAsync(keys.Probe);
        }
    }

    private async Task<bool> SubscribeAsync(IDatabase db)
    {
        var subscriber = db.Multiplexer.GetSubscriber();
        // It has a connection of its own, which may be there a moment later than that of the questions.
        for (var waited = TimeSpan.Zero; waited < RedisOptions.Patience && !subscriber.IsConnected(); waited += Pause)
            await Task.Delay(Pause);
        await subscriber.SubscribeAsync(keys.Revoked, static (_, _) => { });
        await subscriber.UnsubscribeAsync(keys.Revoked);
        return true;
    }
}
