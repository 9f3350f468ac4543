using Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Gateway.Tests.Hosting;

/// <summary>One Redis for all tests that don't stop, freeze or empty it; each takes keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private static string? connectionString;

    private RedisServer? server;

    /// <summary>Whether a gateway with this setting uses it, with nothing between them.</summary>
    internal static bool Is(string? setting) => setting is not null && string.Equals(setting, connectionString, StringComparison.Ordinal);

    /// <summary>Keys below a prefix that no other test has.</summary>
    internal RedisKeys NewKeys() => server!.Keys($"test-{Guid.NewGuid():N}:");

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartNewAsync();
        connectionString = server.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
