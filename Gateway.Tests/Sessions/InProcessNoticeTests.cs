using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

public sealed class InProcessNoticeTests(SharedRedis redis)
{
    [Fact]
    public async Task Start_WithoutRedis_WarnsThatSessionsEndWithTheProcess()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        Assert.Single(gateway.Logs.Of(1103));
    }

    [Fact]
    public async Task Start_WithRedis_WarnsOfNothing()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRedis(redis.NewKeys()));

        Assert.Empty(gateway.Logs.Of(1103));
    }
}
