namespace Gateway.Tests.Hosting.Engines;

/// <summary>Microsoft's server that speaks as Redis does: the tool of the manifest.</summary>
public sealed class GarnetEngine : Engine
{
    private RedisServer? server;

    public override string ConnectionString => server!.ConnectionString;

    protected override async Task StartAsync() => server = await AddAsync(RedisServer.StartNewAsync(RedisCommand.GarnetAsync));
}

[CollectionDefinition]
public sealed class OnGarnet : ICollectionFixture<GarnetEngine>;
