namespace Gateway.Tests.Hosting.Engines;

/// <summary>Valkey, which Debian has since its version 13, and before in its backports.</summary>
public sealed class ValkeyEngine : Engine
{
    private RedisServer? server;

    public override string ConnectionString => server!.ConnectionString;

    protected override bool IsHere => Executable.Find("valkey-server") is not null;

    protected override async Task StartAsync() => server = await AddAsync(RedisServer.StartNewAsync(RedisCommand.ValkeyAsync));
}

[CollectionDefinition]
public sealed class OnValkey : ICollectionFixture<ValkeyEngine>;
