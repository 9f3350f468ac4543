using Gateway.Sessions;

namespace Gateway.Operations.Management.Health;

internal sealed class RedisProbe(RedisConnection redis) : IProbe
{
    public Task AskAsync(CancellationToken cancellationToken) => redis.ConfirmAsync(beside: null, cancellationToken);
}
