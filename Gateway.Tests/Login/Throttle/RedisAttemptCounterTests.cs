using Gateway.Tests.Hosting;

namespace Gateway.Tests.Login.Throttle;

public sealed class RedisAttemptCounterTests(SharedRedis redis) : RedisAttemptCounterContract(redis.NewKeys());
