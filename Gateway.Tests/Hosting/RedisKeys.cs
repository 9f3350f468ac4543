using System.Net;
using StackExchange.Redis;

namespace Gateway.Tests.Hosting;

/// <summary>The keys below one prefix of a Redis, as an operator with redis-cli sees them. Names are given without the prefix.</summary>
internal sealed class RedisKeys(ConnectionMultiplexer connection, string connectionString, string prefix)
{
    private readonly IDatabase database = connection.GetDatabase();

    public string ConnectionString => connectionString;

    public string Prefix => prefix;

    // Asserting waits neither long for a frozen server nor for the next second to reconnect to one that came back.
    public static async Task<ConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        var options = ConfigurationOptions.Parse($"{connectionString},allowAdmin=true,abortConnect=false,asyncTimeout=2000");
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(100);
        options.ReconnectRetryPolicy = new LinearRetry(100);
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async Task<IReadOnlyList<string>> ListAsync(string pattern = "*")
    {
        var names = new List<string>();
        // Each of a cluster has its own.
        foreach (var server in connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
        {
            await foreach (var key in server.KeysAsync(pattern: prefix + pattern))
                names.Add(key.ToString()[prefix.Length..]);
        }

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
            if (await TtlAsync(name) is not { } left)
                continue;
            // Not every server takes a time to live of less than nothing.
            if (left > time)
                await database.KeyExpireAsync(prefix + name, left - time);
            else
                await DeleteAsync(name);
        }
    }

    public Task<RedisAnnouncements> SubscribeAsync(string channel) =>
        RedisAnnouncements.StartAsync(connection.GetSubscriber(), prefix + channel);

    /// <summary>Any command, with its arguments as they are; it sees the whole server.</summary>
    public Task<RedisResult> ExecuteAsync(string command, params object[] arguments) => database.ExecuteAsync(command, arguments);

    /// <summary>The port of the server that has, or would have, a key of a cluster.</summary>
    public async Task<int> OwnerAsync(string name) => ((IPEndPoint)(await database.IdentifyEndpointAsync(prefix + name))!).Port;

    public async Task<long> DbSizeAsync() => (long)await ExecuteAsync("DBSIZE");
}
