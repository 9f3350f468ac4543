using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using GatewayKeys = Gateway.Sessions.RedisKeys;
using TestKeys = Gateway.Tests.Hosting.RedisKeys;

namespace Gateway.Tests.Login.Throttle;

public sealed class RedisAttemptCounterTests : AttemptCounterContract, IAsyncDisposable
{
    private readonly TestKeys keys;
    private readonly RedisConnection connection;
    private readonly RedisAttemptCounter counter;

    public RedisAttemptCounterTests(SharedRedis redis)
    {
        keys = redis.NewKeys();
        connection = GatewayRedis.Connect(keys);
        counter = new RedisAttemptCounter(connection, new GatewayKeys(new SessionSettings { KeyPrefix = keys.Prefix }));
    }

    private protected override IAttemptCounter Counter => counter;

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private protected override Task PassAsync(TimeSpan time) => keys.PassAsync(time);
}
