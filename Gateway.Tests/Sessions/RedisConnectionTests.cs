using Gateway.Sessions;
using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

public sealed class RedisConnectionTests(SharedRedis redis)
{
    // Of a connection that is lost, the client cancels the questions that it had not sent yet.
    [Fact]
    public async Task Question_ThatTheClientCancels_FailsLikeAnyOther()
    {
        await using var connection = GatewayRedis.Connect(redis.NewKeys());

        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            connection.ReadAsync(_ => Task.FromCanceled<int>(new CancellationToken(canceled: true)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Question_WhoseVisitorLeft_SaysNothingOfRedis()
    {
        await using var connection = GatewayRedis.Connect(redis.NewKeys());
        using var visitor = new CancellationTokenSource();

        for (var time = 0; time < 5; time++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ReadAsync(
                async _ =>
                {
                    await visitor.CancelAsync();
                    return await Task.FromCanceled<int>(visitor.Token);
                },
                visitor.Token));
        }

        Assert.Equal(1, await connection.ReadAsync(_ => Task.FromResult(1), TestContext.Current.CancellationToken));
    }
}
