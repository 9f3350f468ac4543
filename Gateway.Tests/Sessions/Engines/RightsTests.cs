using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>What the user of the gateway may do on a single server is enough with sentinels, and all but enough in a cluster.</summary>
public abstract class RightsTests
{
    private protected abstract IReadOnlyList<RedisServer> Servers { get; }

    private protected abstract string ConnectionString { get; }

    private protected virtual IReadOnlyList<string> More => [];

    [Fact]
    public async Task Visitor_OfAGatewayWithTheRightsOfReadme_IsServed()
    {
        foreach (var server in Servers)
            await RedisCli.AskAsync(server, ["ACL", "SETUSER", "modest", "on", ">modest", .. SecuredEngine.Rights, .. More]);
        var connectionString = $"{ConnectionString},user=modest,password=modest";
        Assert.Null(await GatewayRedis.FaultAsync(connectionString, TestContext.Current.CancellationToken));
        await using var stage = await Stage.StartAsync(keys: null, settings => settings.With("ConnectionStrings:Redis", connectionString));

        using var browser = await stage.LogInAsync(remember: true);

        Assert.Equal(Stage.UserId, await browser.UserAtAsync());
        Assert.Empty(stage.Gateway.Logs.Containing("NOPERM"));
    }
}

[Collection(typeof(OnSentinel))]
public sealed class SentinelRightsTests(SentinelEngine engine) : RightsTests
{
    private protected override IReadOnlyList<RedisServer> Servers => engine.Servers;

    private protected override string ConnectionString => engine.ConnectionString;
}

[Collection(typeof(OnCluster))]
public sealed class ClusterRightsTests(ClusterEngine engine) : RightsTests
{
    private protected override IReadOnlyList<RedisServer> Servers => engine.Primaries;

    private protected override string ConnectionString => engine.ConnectionString;

    private protected override IReadOnlyList<string> More => ["+cluster|nodes"];
}
