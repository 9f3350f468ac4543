using StackExchange.Redis;

namespace Gateway.Tests.Hosting.Engines;

/// <summary>One kind of Redis, made of one server or several, shared by the tests of its collection.</summary>
public abstract class Engine : IAsyncLifetime
{
    private readonly List<RedisServer> servers = [];
    private ConnectionMultiplexer? connection;

    /// <summary>What the gateway is configured with.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>For assertions; as somebody who may do everything.</summary>
    protected virtual string AdminConnectionString => ConnectionString;

    /// <summary>Whether this machine has what it takes; on CI it must.</summary>
    protected virtual bool IsHere => true;

    /// <summary>Keys below a prefix that no other test has, and that begins as the gateway's own does.</summary>
    internal RedisKeys NewKeys()
    {
        Assert.SkipUnless(IsHere, "this machine has no such server");
        return new(connection!, ConnectionString, $"gateway:test-{Guid.NewGuid():N}:");
    }

    public async ValueTask InitializeAsync()
    {
        if (!IsHere)
            return;
        await StartAsync();
        connection = await RedisKeys.ConnectAsync(AdminConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        GC.SuppressFinalize(this);
    }

    protected abstract Task StartAsync();

    private protected async Task<RedisServer> AddAsync(Task<RedisServer> starting)
    {
        var server = await starting;
        lock (servers)
            servers.Add(server);
        return server;
    }
}
