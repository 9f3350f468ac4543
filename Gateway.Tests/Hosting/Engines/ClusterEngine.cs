namespace Gateway.Tests.Hosting.Engines;

/// <summary>Three primaries, each with a third of the slots; what one of them has nobody else has.</summary>
public sealed class ClusterEngine : Engine
{
    private readonly int[] busPorts = [LoopbackPort.Next(), LoopbackPort.Next(), LoopbackPort.Next()];
    private RedisServer[] primaries = [];

    public override string ConnectionString => string.Join(',', primaries.Select(server => server.ConnectionString));

    internal IReadOnlyList<RedisServer> Primaries => primaries;

    /// <summary>Starts one again that was killed: the part that it was, without its data.</summary>
    internal Task LaunchAgainAsync(int number) => primaries[number].LaunchAsync(Options(busPorts[number]));

    protected override async Task StartAsync()
    {
        primaries = await Task.WhenAll(busPorts.Select(port => AddAsync(RedisServer.LaunchNewAsync(RedisCommand.AtAsync, Options(port)))));
        await RedisCli.RunAsync(["--cluster", "create", .. primaries.Select(server => server.ConnectionString), "--cluster-yes"]);
        await Task.WhenAll(primaries.Select(server => Eventually.TrueAsync(async () => await TakesPartAsync(server))));
    }

    private static async Task<bool> TakesPartAsync(RedisServer server) =>
        (await RedisCli.AskAsync(server, "CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal);

    // Without full coverage those who are left go on with the keys that they have.
    private static string[] Options(int busPort) =>
    [
        "--cluster-enabled", "yes", "--cluster-port", $"{busPort}", "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no",
    ];
}

[CollectionDefinition]
public sealed class OnCluster : ICollectionFixture<ClusterEngine>;
