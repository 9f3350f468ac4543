using Gateway.Sessions;
using StackExchange.Redis;

namespace Gateway.Login.KeptForms;

/// <summary>One store for all gateways: the node where a visitor logs in is often not the one that kept the form.</summary>
internal sealed class RedisFormStore(RedisConnection redis, RedisKeys keys) : IFormStore
{
    // In one step, so that two nodes never both have it. GETDEL would do, with a right of its own.
    private const string Take =
        """
        local content = redis.call('GET', KEYS[1])
        if content then
          redis.call('DEL', KEYS[1])
        end
        return content
        """;

    public Task PutAsync(string key, byte[] content, TimeSpan lifetime, CancellationToken cancellationToken) =>
        redis.AskAsync(db => db.StringSetAsync(keys.Form(key), content, lifetime), cancellationToken);

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var content = await redis.AskAsync(db => db.StringGetAsync(keys.Form(key)), cancellationToken);
        // "Not there" might be the answer to another question.
        await redis.ConfirmAsync(keys.Form(key), cancellationToken);
        return content;
    }

    public Task ReplaceAsync(string key, byte[] content, CancellationToken cancellationToken) =>
        redis.AskAsync(db => db.StringSetAsync(keys.Form(key), content, Expiration.KeepTtl, ValueCondition.Exists), cancellationToken);

    public async Task<byte[]?> TakeAsync(string key, CancellationToken cancellationToken)
    {
        RedisKey[] name = [keys.Form(key)];
        var content = await redis.AskAsync(db => db.ScriptEvaluateAsync(Take, name), cancellationToken);
        await redis.ConfirmAsync(name[0], cancellationToken);
        return (byte[]?)content;
    }
}
