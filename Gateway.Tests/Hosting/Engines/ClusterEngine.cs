namespace Gateway.Tests.Hosting.Engines;

/// <summary>Three primaries, each with a third of the slots; what one of them has nobody else has.</summary>
public sealed class ClusterEngine : Engine
{
    private RedisServer[] primaries = [];

    public override string ConnectionString => string.Join(',', primaries.Select(server => server.ConnectionString));

    internal IReadOnlyList<RedisServer> Primaries => primaries;

    protected override async Task StartAsync()
    {
        primaries = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(LaunchAsync())));
        await RedisCli.RunAsync(["--cluster", "create", .. primaries.Select(server => server.ConnectionString), "--cluster-yes"]);
    }

    // Without full coverage those who are left go on with the keys that they have, as most operators want it.
    private static Task<RedisServer> LaunchAsync() => RedisServer.LaunchNewAsync(
        RedisCommand.AtAsync,
        "--cluster-enabled", "yes", "--cluster-port", $"{LoopbackPort.Next()}", "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no");
}

[CollectionDefinition]
public sealed class OnCluster : ICollectionFixture<ClusterEngine>;
