namespace Gateway.Tests.Hosting;

public sealed class RedisServerTests(SharedRedis shared)
{
    [Fact]
    public async Task Keys_of_one_test_are_not_those_of_another()
    {
        var (mine, other) = (shared.NewKeys(), shared.NewKeys());

        await mine.SetAsync("session:1", "value", TimeSpan.FromMinutes(1));

        Assert.Equal(["session:1"], await mine.ListAsync());
        Assert.Equal("value", await mine.GetAsync("session:1"));
        Assert.InRange((await mine.TtlAsync("session:1"))!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.Equal(0, await other.CountAsync());
        await mine.DeleteAllAsync();
        Assert.False(await mine.ExistsAsync("session:1"));
    }

    [Fact]
    public async Task It_comes_back_empty_on_the_same_port()
    {
        await using var server = await RedisServer.StartNewAsync();
        var (keys, address) = (server.Keys(), server.ConnectionString);
        await keys.SetAsync("a", "1", TimeSpan.FromMinutes(1));

        await server.StopAsync();
        Assert.False(await LoopbackPort.IsListeningAsync(server.Port, TestContext.Current.CancellationToken));
        await server.StartAsync();

        Assert.Equal(address, server.ConnectionString);
        Assert.Equal(0, await keys.DbSizeAsync());
    }

    [Fact]
    public async Task Frozen_it_takes_connections_and_answers_nothing()
    {
        await using var server = await RedisServer.StartNewAsync();
        var keys = server.Keys();
        await keys.SetAsync("a", "1", TimeSpan.FromMinutes(1));

        await server.FreezeAsync();
        Assert.True(await LoopbackPort.IsListeningAsync(server.Port, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<Exception>(() => keys.GetAsync("a"));
        await server.ThawAsync();

        await Eventually.TrueAsync(async () => await keys.ExistsAsync("a"));
        await server.FlushAllAsync();
        Assert.Equal(0, await keys.CountAsync());
    }
}
