using Gateway.Login.Throttle;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using GatewayKeys = Gateway.Sessions.RedisKeys;
using TestKeys = Gateway.Tests.Hosting.RedisKeys;

namespace Gateway.Tests.Login.Throttle;

/// <summary>What the counter in Redis does, whatever server is there.</summary>
public abstract class RedisAttemptCounterContract : AttemptCounterContract, IAsyncDisposable
{
    private readonly TestKeys keys;
    private readonly RedisConnection connection;
    private readonly RedisAttemptCounter counter;

    private protected RedisAttemptCounterContract(TestKeys keys)
    {
        this.keys = keys;
        connection = GatewayRedis.Connect(keys);
        counter = new RedisAttemptCounter(connection, new GatewayKeys(new SessionSettings { KeyPrefix = keys.Prefix }));
    }

    private protected override IAttemptCounter Counter => counter;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected override Task PassAsync(TimeSpan time) => keys.PassAsync(time);
}
