using Gateway.Tests.Hosting;

namespace Gateway.Tests.Sessions;

public sealed class RedisSessionStoreTests(SharedRedis redis) : RedisSessionStoreContract(redis.NewKeys());
