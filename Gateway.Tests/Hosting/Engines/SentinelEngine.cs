using System.Diagnostics;

namespace Gateway.Tests.Hosting.Engines;

/// <summary>A primary, two replicas, and three sentinels that watch them.</summary>
public sealed class SentinelEngine : Engine
{
    private readonly List<RedisServer> replicas = [];
    private RedisServer? primary;
    private RedisServer[] sentinels = [];

    public override string ConnectionString => string.Join(',', sentinels.Select(server => server.ConnectionString)) + ",serviceName=site";

    internal RedisServer Primary => primary!;

    internal IReadOnlyList<RedisServer> Sentinels => sentinels;

    /// <summary>Those with the data.</summary>
    internal IReadOnlyList<RedisServer> Servers => [Primary, .. replicas];

    internal Task StopServersAsync() => Task.WhenAll(Servers.Select(server => server.StopAsync()));

    protected override async Task StartAsync()
    {
        primary = await AddAsync(RedisServer.StartNewAsync());
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => AddReplicaAsync()));
        sentinels = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(RedisServer.LaunchNewAsync(SentinelAsync))));
        // They find each other through the primary, where each says every two seconds that it is there.
        await Task.WhenAll(sentinels.Select(sentinel => Eventually.TrueAsync(async () => await KnowsAllAsync(sentinel))));
    }

    private async Task AddReplicaAsync()
    {
        var replica = await AddAsync(RedisServer.StartNewAsync());
        await replica.FollowAsync(Primary);
        lock (replicas)
            replicas.Add(replica);
    }

    private async Task<ProcessStartInfo> SentinelAsync(int port, TempFolder folder, params string[] options)
    {
        var file = folder.File("sentinel.conf");
        await File.WriteAllLinesAsync(
            file,
            [
                $"port {port}", "bind 127.0.0.1", $"sentinel monitor site 127.0.0.1 {Primary.Port} 2",
                "sentinel down-after-milliseconds site 2000", "sentinel failover-timeout site 3000",
            ],
            TestContext.Current.CancellationToken);
        return new ProcessStartInfo(Executable.Require("redis-server"), [file, "--sentinel"]) { WorkingDirectory = folder.Path };
    }

    private static async Task<bool> KnowsAllAsync(RedisServer sentinel) =>
        (await RedisCli.AskAsync(sentinel, "INFO", "sentinel")).Contains("slaves=2,sentinels=3", StringComparison.Ordinal);
}

[CollectionDefinition]
public sealed class OnSentinel : ICollectionFixture<SentinelEngine>;
