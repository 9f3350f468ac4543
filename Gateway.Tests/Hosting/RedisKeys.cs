using StackExchange.Redis;

namespace Gateway.Tests.Hosting;

/// <summary>The keys below one prefix of a Redis, as an operator with redis-cli sees them. Names are given without the prefix.</summary>
internal sealed class RedisKeys(ConnectionMultiplexer connection, string connectionString, string prefix)
{
    private readonly IDatabase database = connection.GetDatabase();

    public string ConnectionString => connectionString;

    public string Prefix => prefix;

    public async Task<IReadOnlyList<string>> ListAsync(string pattern = "*")
    {
        var names = new List<string>();
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: prefix + pattern))
            names.Add(key.ToString()[prefix.Length..]);
        return names;
    }

    public async Task<int> CountAsync(string pattern = "*") => (await ListAsync(pattern)).Count;

    public async Task<string?> GetAsync(string name) => await database.StringGetAsync(prefix + name);

    public Task SetAsync(string name, string value, TimeSpan lifetime) => database.StringSetAsync(prefix + name, value, lifetime);

    public Task<TimeSpan?> TtlAsync(string name) => database.KeyTimeToLiveAsync(prefix + name);

    public Task<bool> ExistsAsync(string name) => database.KeyExistsAsync(prefix + name);

    public Task<bool> DeleteAsync(string name) => database.KeyDeleteAsync(prefix + name);

    public async Task DeleteAllAsync()
    {
        foreach (var name in await ListAsync())
            await DeleteAsync(name);
    }

    /// <summary>Leaves the keys so much time, as if they had been alone for the rest of it.</summary>
    public async Task ShortenAsync(string pattern, TimeSpan left)
    {
        foreach (var name in await ListAsync(pattern))
            await database.KeyExpireAsync(prefix + name, left);
    }

    /// <summary>What so much time does to the keys: each has less to live, or is gone.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        foreach (var name in await ListAsync())
        {
            if (await TtlAsync(name) is { } left)
                await database.KeyExpireAsync(prefix + name, left - time);
        }
    }

    public Task<RedisAnnouncements> SubscribeAsync(string channel) =>
        RedisAnnouncements.StartAsync(connection.GetSubscriber(), prefix + channel);

    /// <summary>Any command, with its arguments as they are; it sees the whole server.</summary>
    public Task<RedisResult> ExecuteAsync(string command, params object[] arguments) => database.ExecuteAsync(command, arguments);

    public async Task<long> DbSizeAsync() => (long)await ExecuteAsync("DBSIZE");
}
