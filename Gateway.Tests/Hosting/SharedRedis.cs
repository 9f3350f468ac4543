using Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Gateway.Tests.Hosting;

/// <summary>One Redis for all tests that don't stop, freeze or empty it; each takes keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? server;

    /// <summary>Keys below a prefix that no other test has.</summary>
    internal RedisKeys NewKeys() => server!.Keys($"test-{Guid.NewGuid():N}:");

    public async ValueTask InitializeAsync() => server = await RedisServer.StartNewAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
